package io.jenkins.plugins.gitops.clusters;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ClientCertificateTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private KeyStore keyStore(String algorithm) throws Exception {
        File file = new File(temporary.getRoot(), algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "client",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=deployer,O=team")
                .redirectErrorStream(true)
                .redirectOutput(temporary.newFile())
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = new FileInputStream(file)) {
            store.load(content, PASSWORD);
        }
        return store;
    }

    @Test
    public void theCertificateAndItsKeyBecomePem() throws Exception {
        for (String algorithm : new String[] {"RSA", "EC"}) {
            KeyStore store = keyStore(algorithm);
            ClientCertificate pem = ClientCertificate.of(store, PASSWORD);
            assertEquals(
                    store.getCertificate("client"),
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(pem.certificates().getBytes(StandardCharsets.US_ASCII))));
            byte[] der = Base64.getMimeDecoder().decode(pem.key().replaceAll("-----[^-]+-----", ""));
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            assertEquals(store.getKey("client", PASSWORD), key);
            assertFalse(pem.toString(), pem.toString().contains("KEY"));
        }
    }

    @Test
    public void aStoreWithoutAKeyIsRefused() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", keyStore("EC").getCertificate("client"));
        assertThrows(GeneralSecurityException.class, () -> ClientCertificate.of(store, PASSWORD));
    }

    @Test
    public void aWrongPasswordIsRefused() throws Exception {
        KeyStore store = keyStore("EC");
        assertThrows(GeneralSecurityException.class, () -> ClientCertificate.of(store, "wrong".toCharArray()));
    }
}
