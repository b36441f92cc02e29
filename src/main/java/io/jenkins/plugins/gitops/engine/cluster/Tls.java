package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** TLS of the connection to the API server: whom to trust and with which certificate to identify. */
final class Tls {

    private Tls() {}

    static void configure(OkHttpClient.Builder client, ClusterAccess access) throws ClusterException {
        TlsContexts.Context tls = TlsContexts.of(access, () -> context(access));
        client.sslSocketFactory(tls.context().getSocketFactory(), tls.trust());
        if (access.insecureSkipTlsVerify()) {
            client.hostnameVerifier((host, session) -> true);
        } else if (access.tlsServerName() != null) {
            HostnameVerifier standard = new OkHttpClient().hostnameVerifier();
            client.hostnameVerifier((host, session) -> standard.verify(access.tlsServerName(), session));
        }
    }

    private static TlsContexts.Context context(ClusterAccess access) throws ClusterException {
        X509TrustManager trust = trust(access);
        return new TlsContexts.Context(SSLUtils.sslContext(keys(access), new TrustManager[] {trust}), trust);
    }

    /** As {@code kubectl} has it: a CA certificate that is given is the only one that is trusted. */
    private static X509TrustManager trust(ClusterAccess access) throws ClusterException {
        if (access.insecureSkipTlsVerify()) {
            return new TrustAll();
        }
        try {
            KeyStore store = null;
            if (access.caCertificate() != null) {
                store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                int number = 0;
                byte[] pem = access.caCertificate().getBytes(StandardCharsets.US_ASCII);
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                    store.setCertificateEntry("ca-" + number++, certificate);
                }
                if (number == 0) {
                    throw new CertificateException("no certificate in it");
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new ClusterException(
                    "the CA certificate for " + access.server() + " cannot be used",
                    "check that it is the PEM of one certificate or more",
                    e);
        }
    }

    private static KeyManager[] keys(ClusterAccess access) throws ClusterException {
        if (access.clientCertificate() == null) {
            return null;
        }
        Optional<KeyManager> plain = ClientKey.read(access.clientCertificate(), access.clientKey());
        if (plain.isPresent()) {
            return new KeyManager[] {plain.get()};
        }
        // An empty Config reads no file, environment or service account of the machine it runs on.
        Config config = new ConfigBuilder(Config.empty())
                .withClientCertData(base64(access.clientCertificate()))
                .withClientKeyData(base64(access.clientKey()))
                .withClientKeyAlgo(keyAlgorithm(access.clientKey()))
                .withClientKeyPassphrase("")
                .build();
        try {
            return SSLUtils.keyManagers(config);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // The cause is left out: its text may quote the key.
            throw new ClusterException(
                    "the client certificate or client key for " + access.server() + " cannot be used",
                    "check that both are PEM and that the key belongs to the certificate");
        }
    }

    /**
     * fabric8 asks for the algorithm beforehand. The PEM header says it, but for PKCS#8, where the object identifier of
     * EC keys (1.2.840.10045.2.1) does.
     */
    private static String keyAlgorithm(String pem) {
        if (pem == null) {
            return "RSA";
        }
        if (pem.contains("BEGIN EC PRIVATE KEY")) {
            return "EC";
        }
        String body = pem.replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
        try {
            byte[] der = Base64.getDecoder().decode(body);
            String start = new String(der, 0, Math.min(der.length, 40), StandardCharsets.ISO_8859_1);
            return start.contains("*\u0086H\u00ce=\u0002\u0001") ? "EC" : "RSA";
        } catch (IllegalArgumentException e) {
            return "RSA";
        }
    }

    private static String base64(String pem) {
        return pem == null ? null : Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /** For {@code insecure-skip-tls-verify: true}, which a person has to write. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
