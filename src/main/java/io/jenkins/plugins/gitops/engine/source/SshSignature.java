package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.TrustedSigners.Signer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A signature in the form of {@code ssh-keygen -Y sign}. */
final class SshSignature {
    static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";

    private static final String END = "-----END SSH SIGNATURE-----";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final String NAMESPACE = "git";

    private SshSignature() {}

    /**
     * @return who signed the commit
     * @throws BadInputException if it was none of the signers, or another commit
     */
    static String verify(SignedCommit commit, String armored, TrustedSigners signers) throws BadInputException {
        try {
            int end = armored.indexOf(END);
            if (end < 0) {
                throw new GeneralSecurityException("cut short");
            }
            SshWire wire = new SshWire(Base64.getMimeDecoder().decode(armored.substring(BEGIN.length(), end)));
            boolean known = Arrays.equals(wire.raw(MAGIC.length), MAGIC) && wire.number() == 1;
            byte[] key = wire.string();
            String namespace = wire.text();
            byte[] reserved = wire.string();
            String hash = wire.text();
            byte[] signature = wire.string();
            wire.end();
            if (!known || !namespace.equals(NAMESPACE)) {
                throw commit.refused("carries a signature that was not made for Git", "sign it with git commit -S");
            }
            Optional<Signer> signer = signers.find(key);
            if (signer.isEmpty()) {
                throw commit.unknown(new SshKey(key).fingerprint());
            }
            if (!signer.get().key().verify(message(reserved, hash, commit.signed()), signature)) {
                throw commit.damaged(signer.get().name());
            }
            if (!signer.get().isValidAt(commit.time())) {
                throw commit.refused(
                        "is signed by " + signer.get().name() + ", whose key was not valid at " + commit.time(),
                        "have it signed with a key that is");
            }
            return signer.get().name();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw commit.damaged("somebody");
        }
    }

    private static byte[] message(byte[] reserved, String hash, byte[] signed) throws GeneralSecurityException {
        String algorithm =
                switch (hash) {
                    case "sha256" -> "SHA-256";
                    case "sha512" -> "SHA-512";
                    default -> throw new GeneralSecurityException("unknown digest");
                };
        byte[] digest = MessageDigest.getInstance(algorithm).digest(signed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            byte[][] parts = {
                NAMESPACE.getBytes(StandardCharsets.US_ASCII),
                reserved,
                hash.getBytes(StandardCharsets.US_ASCII),
                digest
            };
            for (byte[] part : parts) {
                out.writeInt(part.length);
                out.write(part);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
