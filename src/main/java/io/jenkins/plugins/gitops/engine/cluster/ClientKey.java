package io.jenkins.plugins.gitops.engine.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The one certificate and key of a credential, as they are. A key store would encrypt the key with ten thousand rounds of
 * a key derivation and decrypt it again, at every connection.
 */
final class ClientKey extends X509ExtendedKeyManager {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

    /** {@code rsaEncryption} with its {@code NULL}, as in PKCS#8. */
    private static final byte[] RSA = {48, 13, 6, 9, 42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 1, 1, 5, 0};

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final String ALIAS = "client";

    private final X509Certificate[] chain;
    private final PrivateKey key;

    private ClientKey(X509Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * @param certificates PEM
     * @param key PEM of PKCS#8, or of PKCS#1 as RSA keys have it
     * @return empty for any other form, and for what cannot be read
     */
    static Optional<KeyManager> read(String certificates, String key) {
        Matcher pem = KEY.matcher(key == null ? "" : key);
        if (!pem.find()) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)))
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                return Optional.empty();
            }
            // A key that does not belong to the certificate is of another kind, or the server says so.
            PrivateKey parsed = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pem.group(1) == null ? der : pkcs8(der)));
            return Optional.of(new ClientKey(chain, parsed));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] pkcs8(byte[] rsa) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(RSA);
        content.writeBytes(element(4, rsa));
        return element(48, content.toByteArray());
    }

    /** DER: tag, length, content. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 128) {
            element.write(content.length);
        } else {
            byte[] length = java.math.BigInteger.valueOf(content.length).toByteArray();
            int from = length[0] == 0 ? 1 : 0;
            element.write(128 + length.length - from);
            element.write(length, from, length.length - from);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return isOf(keyType) ? new String[] {ALIAS} : null;
    }

    /** Whatever issuers the server names: as {@code kubectl}, which sends what it was given. */
    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        for (String type : keyTypes) {
            if (isOf(type)) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return chooseClientAlias(keyTypes, issuers, null);
    }

    private boolean isOf(String keyType) {
        return keyType.equals(key.getAlgorithm());
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
