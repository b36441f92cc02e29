package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The signature of a commit. It covers the commit object, and by its tree and parents all that is in it. */
final class CommitSignature {
    private static final String HEADER = "gpgsig ";

    private final SignedCommit commit;
    private final String armored;

    private CommitSignature(SignedCommit commit, String armored) {
        this.commit = commit;
        this.armored = armored;
    }

    /**
     * @param commit its hash
     * @param raw the commit object
     * @param time the committer's
     */
    static CommitSignature of(String commit, byte[] raw, Instant time) throws BadInputException {
        // One character for each byte, so that nothing changes on the way.
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end + 1);
        StringBuilder rest = new StringBuilder();
        StringBuilder signature = null;
        boolean inSignature = false;
        boolean twice = false;
        for (String line : head.split("(?<=\n)")) {
            if (line.startsWith(HEADER)) {
                twice |= signature != null;
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
        SignedCommit signed = new SignedCommit(commit, rest.toString().getBytes(StandardCharsets.ISO_8859_1), time);
        if (twice) {
            throw signed.refused("carries two signatures", "sign it once");
        }
        return new CommitSignature(signed, signature == null ? null : signature.toString());
    }

    /**
     * @return who signed it
     * @throws BadInputException if it is not signed, not by one of them, or not this commit
     */
    String verify(TrustedSigners signers) throws BadInputException {
        if (armored == null) {
            throw commit.refused("is not signed", "sign it: git commit -S");
        }
        if (armored.startsWith(SshSignature.BEGIN)) {
            return SshSignature.verify(commit, armored, signers);
        }
        if (armored.startsWith(PgpSignature.BEGIN)) {
            return PgpSignature.verify(commit, armored, signers.pgpKeys());
        }
        throw commit.refused(
                "carries a signature of a kind that is not verified", "sign it with OpenPGP or an SSH key");
    }
}
