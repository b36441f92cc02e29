package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.AbortException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/**
 * A client certificate and its key, as PEM.
 *
 * @param certificates the client's first, then those that signed it
 * @param key PKCS#8
 */
record ClientCertificate(String certificates, String key) {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** @throws AbortException if there is no key in the credential's key store, or the password does not open it */
    static ClientCertificate of(StandardCertificateCredentials credentials) throws AbortException {
        char[] password = credentials.getPassword().getPlainText().toCharArray();
        try {
            return of(credentials.getKeyStore(), password);
        } catch (GeneralSecurityException e) {
            // The cause is left out: its text may quote the key store.
            throw new AbortException(Messages.ClientCertificate_unusable(credentials.getId()));
        }
    }

    /** The first key of a key store with its chain. */
    static ClientCertificate of(KeyStore store, char[] password) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
            Certificate[] chain = store.getCertificateChain(alias);
            if (key != null && chain != null) {
                StringBuilder certificates = new StringBuilder();
                for (Certificate certificate : chain) {
                    certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
                }
                return new ClientCertificate(certificates.toString(), pem("PRIVATE KEY", key.getEncoded()));
            }
        }
        throw new GeneralSecurityException("no key");
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return "a client certificate";
    }
}
