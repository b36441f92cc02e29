package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A certificate for localhost and 127.0.0.1 that Java's https connections trust as long as the test runs. */
public final class TestTls extends ExternalResource {
    private static final String PASSWORD = "changeit";
    private final TemporaryFolder temporary = new TemporaryFolder();
    private SSLContext context;
    private SSLSocketFactory before;

    @Override
    protected void before() throws Throwable {
        temporary.create();
        Path file = temporary.getRoot().toPath().resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "git",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(said, 0, keytool.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("git", keys.getCertificate("git"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        before = HttpsURLConnection.getDefaultSSLSocketFactory();
        trustIt();
    }

    public SSLContext context() {
        return context;
    }

    void trustIt() {
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }

    void distrustIt() {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }

    @Override
    protected void after() {
        distrustIt();
        temporary.delete();
    }
}
