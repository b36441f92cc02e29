package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.TrustedSigners.Signer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The signature of a commit, in the form of {@code ssh-keygen -Y sign}. It covers the commit object, and by its tree and
 * parents all that is in it.
 */
final class CommitSignature {
    private static final String HEADER = "gpgsig ";
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final String NAMESPACE = "git";

    private final String commit;
    private final byte[] signed;
    private final String armored;

    private CommitSignature(String commit, byte[] signed, String armored) {
        this.commit = commit;
        this.signed = signed;
        this.armored = armored;
    }

    /**
     * @param commit its hash
     * @param raw the commit object
     */
    static CommitSignature of(String commit, byte[] raw) throws BadInputException {
        // One character for each byte, so that nothing changes on the way.
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end + 1);
        StringBuilder rest = new StringBuilder();
        StringBuilder signature = null;
        boolean inSignature = false;
        for (String line : head.split("(?<=\n)")) {
            if (line.startsWith(HEADER)) {
                if (signature != null) {
                    throw refused(commit, "carries two signatures", "sign it once");
                }
                signature = new StringBuilder(line.substring(HEADER.length()));
                inSignature = true;
            } else if (inSignature && line.startsWith(" ")) {
                signature.append(line, 1, line.length());
            } else {
                inSignature = false;
                rest.append(line);
            }
        }
        rest.append(text, head.length(), text.length());
        return new CommitSignature(
                commit,
                rest.toString().getBytes(StandardCharsets.ISO_8859_1),
                signature == null ? null : signature.toString());
    }

    /**
     * @param time at which the signer's key must be valid: the committer's
     * @return who signed it
     * @throws BadInputException if it is not signed, not by one of them, or not this commit
     */
    String verify(TrustedSigners signers, Instant time) throws BadInputException {
        if (armored == null) {
            throw refused(commit, "is not signed", "sign it: git commit -S, with gpg.format=ssh");
        }
        if (!armored.startsWith(BEGIN) || !armored.contains(END)) {
            throw refused(
                    commit,
                    armored.contains("PGP")
                            ? "is signed with OpenPGP, and only SSH signatures are verified"
                            : "carries a signature of a kind that is not known",
                    "sign it with an SSH key: gpg.format=ssh");
        }
        try {
            String base64 = armored.substring(BEGIN.length(), armored.indexOf(END));
            SshWire wire = new SshWire(Base64.getMimeDecoder().decode(base64));
            boolean known = Arrays.equals(wire.raw(MAGIC.length), MAGIC) && wire.number() == 1;
            byte[] key = wire.string();
            String namespace = wire.text();
            byte[] reserved = wire.string();
            String hash = wire.text();
            byte[] signature = wire.string();
            wire.end();
            if (!known || !namespace.equals(NAMESPACE)) {
                throw refused(commit, "carries a signature that was not made for Git", "sign it with git commit -S");
            }
            Optional<Signer> signer = signers.find(key);
            if (signer.isEmpty()) {
                throw refused(
                        commit,
                        "is signed by " + new SshKey(key).fingerprint() + ", which is not one of the trusted signers",
                        "have a trusted signer sign it, or add that key to them");
            }
            byte[] message = message(reserved, hash);
            if (!signer.get().key().verify(message, signature)) {
                throw bad(signer.get().name());
            }
            if (!signer.get().isValidAt(time)) {
                throw refused(
                        commit,
                        "is signed by " + signer.get().name() + ", whose key was not valid at " + time,
                        "have it signed with a key that is");
            }
            return signer.get().name();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw bad("somebody");
        }
    }

    private BadInputException bad(String name) {
        return refused(
                commit,
                "carries a signature of " + name + " that is not one of this commit",
                "it was changed after it was signed, or the signature is damaged");
    }

    private byte[] message(byte[] reserved, String hash) throws GeneralSecurityException {
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

    private static BadInputException refused(String commit, String what, String advice) {
        return new BadInputException("Commit " + commit + " " + what, advice);
    }
}
