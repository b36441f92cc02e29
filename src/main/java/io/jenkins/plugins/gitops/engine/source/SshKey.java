package io.jenkins.plugins.gitops.engine.source;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** A public key in SSH's form, of the kinds that OpenSSH signs with today. */
final class SshKey implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String ED25519 = "ssh-ed25519";
    private static final String SECURITY_KEY_ED25519 = "sk-ssh-ed25519@openssh.com";
    private static final String SECURITY_KEY_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";

    /** Curves, and the digests that go with them. */
    private static final Map<String, String[]> ECDSA = Map.of(
            "ecdsa-sha2-nistp256", new String[] {"secp256r1", "SHA256withECDSAinP1363Format", "32"},
            "ecdsa-sha2-nistp384", new String[] {"secp384r1", "SHA384withECDSAinP1363Format", "48"},
            "ecdsa-sha2-nistp521", new String[] {"secp521r1", "SHA512withECDSAinP1363Format", "66"});

    /** SHA-1 is not among them. */
    private static final Map<String, String> RSA =
            Map.of("rsa-sha2-256", "SHA256withRSA", "rsa-sha2-512", "SHA512withRSA");

    static final Set<String> TYPES = Set.of(
            ED25519,
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            SECURITY_KEY_ED25519,
            SECURITY_KEY_ECDSA);

    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int RSA_BITS = 2048;
    private static final int PRESENT = 1;

    private final byte[] blob;

    SshKey(byte[] blob) {
        this.blob = blob.clone();
    }

    /** As {@code ssh-keygen -l} shows it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isSame(byte[] other) {
        return Arrays.equals(blob, other);
    }

    /**
     * Whether a signature is this key's over a message.
     *
     * @throws GeneralSecurityException if the signature or the key has not the form that it should
     */
    boolean verify(byte[] message, byte[] signature) throws GeneralSecurityException {
        SshWire key = new SshWire(blob);
        String type = key.text();
        SshWire wire = new SshWire(signature);
        String algorithm = wire.text();
        byte[] value = wire.string();
        if (type.equals("ssh-rsa")) {
            wire.end();
            return rsa(key, algorithm, value, message);
        }
        if (!algorithm.equals(type)) {
            throw new GeneralSecurityException("the signature is of another kind than the key");
        }
        switch (type) {
            case ED25519 -> {
                wire.end();
                return verify("Ed25519", ed25519(key.string()), message, value);
            }
            case SECURITY_KEY_ED25519 -> {
                PublicKey point = ed25519(key.string());
                return verify("Ed25519", point, touched(key.text(), wire, message), value);
            }
            case SECURITY_KEY_ECDSA -> {
                String[] curve = ECDSA.get("ecdsa-sha2-nistp256");
                key.string();
                PublicKey point = point(curve[0], key.string());
                return verify(curve[1], point, touched(key.text(), wire, message), pair(value, curve[2]));
            }
            default -> {
                wire.end();
                String[] curve = ECDSA.get(type);
                if (curve == null) {
                    throw new GeneralSecurityException("keys of type " + type + " are not known");
                }
                key.string();
                return verify(curve[1], point(curve[0], key.string()), message, pair(value, curve[2]));
            }
        }
    }

    private static boolean rsa(SshWire key, String algorithm, byte[] value, byte[] message)
            throws GeneralSecurityException {
        BigInteger exponent = key.integer();
        BigInteger modulus = key.integer();
        String name = RSA.get(algorithm);
        if (name == null || modulus.bitLength() < RSA_BITS) {
            throw new GeneralSecurityException("RSA needs SHA-2 and at least " + RSA_BITS + " bits");
        }
        PublicKey rsa = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        int length = (modulus.bitLength() + 7) / 8;
        byte[] padded = value;
        if (value.length < length) {
            padded = new byte[length];
            System.arraycopy(value, 0, padded, length - value.length, value.length);
        }
        return verify(name, rsa, message, padded);
    }

    private static boolean verify(String algorithm, PublicKey key, byte[] message, byte[] value)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(value);
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(ED25519_PREFIX);
        encoded.writeBytes(point);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }

    private static PublicKey point(String curve, byte[] encoded) throws GeneralSecurityException {
        if (encoded.length % 2 == 0 || encoded[0] != 4) {
            throw new GeneralSecurityException("not a point");
        }
        int half = encoded.length / 2;
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(encoded, 1, 1 + half)),
                new BigInteger(1, Arrays.copyOfRange(encoded, 1 + half, encoded.length)));
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    /** The two numbers of an ECDSA signature, each in as many bytes as the curve has. */
    private static byte[] pair(byte[] value, String bytes) throws GeneralSecurityException {
        int length = Integer.parseInt(bytes);
        SshWire wire = new SshWire(value);
        byte[] pair = new byte[2 * length];
        for (int i = 0; i < 2; i++) {
            byte[] number = wire.integer().toByteArray();
            int skip = number.length > 1 && number[0] == 0 ? 1 : 0;
            if (number.length - skip > length) {
                throw new GeneralSecurityException("a number is too large");
            }
            System.arraycopy(number, skip, pair, (i + 1) * length - (number.length - skip), number.length - skip);
        }
        wire.end();
        return pair;
    }

    /** What a security key signs: only where somebody has touched it. */
    private static byte[] touched(String application, SshWire wire, byte[] message) throws GeneralSecurityException {
        byte[] rest = wire.rest();
        if (rest.length != 5 || (rest[0] & PRESENT) == 0) {
            throw new GeneralSecurityException("the security key was not touched");
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(digest.digest(application.getBytes(StandardCharsets.UTF_8)));
        signed.writeBytes(rest);
        signed.writeBytes(digest.digest(message));
        return signed.toByteArray();
    }
}
