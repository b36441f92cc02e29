package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority of a local control plane. Everything it hands out is PEM. */
final class Authority {
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name;
    private final KeyPair keys;
    private final X509CertificateHolder certificate;

    private Authority(X500Name name, KeyPair keys, X509CertificateHolder certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * A certificate and its key.
     *
     * @param certificate PEM
     * @param key PEM, PKCS #8
     */
    record Identity(String certificate, String key) {}

    static Authority named(String commonName) throws GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=" + commonName);
        KeyPair keys = ellipticKeys();
        X509v3CertificateBuilder builder = builder(name, name, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        return new Authority(name, keys, sign(builder, keys.getPrivate()));
    }

    Identity identity() throws IOException {
        return new Identity(
                pem(certificate), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** A server that is reached on loopback; good for a client's side as well, as etcd and its one client need. */
    Identity server(String commonName, String... dnsNames) throws GeneralSecurityException, IOException {
        GeneralName[] names = new GeneralName[dnsNames.length + 2];
        names[0] = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
        names[1] = new GeneralName(GeneralName.dNSName, "localhost");
        for (int i = 0; i < dnsNames.length; i++) {
            names[i + 2] = new GeneralName(GeneralName.dNSName, dnsNames[i]);
        }
        KeyPair leaf = ellipticKeys();
        X509v3CertificateBuilder builder = leaf(new X500Name("CN=" + commonName), leaf, KeyPurposeId.id_kp_serverAuth);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new Identity(
                pem(sign(builder, keys.getPrivate())),
                pem("PRIVATE KEY", leaf.getPrivate().getEncoded()));
    }

    /**
     * A user, as Kubernetes reads it from a certificate.
     *
     * @param group {@code null} for none
     * @param leaf the user's keys
     */
    Identity client(String user, String group, KeyPair leaf) throws GeneralSecurityException, IOException {
        X500Name subject = new X500Name((group == null ? "" : "O=" + group + ",") + "CN=" + user);
        X509v3CertificateBuilder builder = leaf(subject, leaf, KeyPurposeId.id_kp_clientAuth);
        return new Identity(
                pem(sign(builder, keys.getPrivate())),
                pem("PRIVATE KEY", leaf.getPrivate().getEncoded()));
    }

    private X509v3CertificateBuilder leaf(X500Name subject, KeyPair leaf, KeyPurposeId purpose) throws IOException {
        X509v3CertificateBuilder builder = builder(name, subject, leaf.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        KeyPurposeId[] purposes = purpose.equals(KeyPurposeId.id_kp_clientAuth)
                ? new KeyPurposeId[] {purpose}
                : new KeyPurposeId[] {purpose, KeyPurposeId.id_kp_clientAuth};
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        return builder;
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(VALIDITY)),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static KeyPair ellipticKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static KeyPair rsaKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String pem(X509CertificateHolder certificate) throws IOException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    static String pem(String type, byte[] der) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, der));
        }
        return text.toString();
    }
}
