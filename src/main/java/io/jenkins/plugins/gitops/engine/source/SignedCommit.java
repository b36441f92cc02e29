package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.time.Instant;

/**
 * What a signature is about.
 *
 * @param hash the commit's
 * @param signed the commit object without its signature
 * @param time the committer's
 */
record SignedCommit(String hash, byte[] signed, Instant time) {

    BadInputException refused(String what, String advice) {
        return new BadInputException("Commit " + hash + " " + what, advice);
    }

    /** @param name what the signer's key is called, or may be anybody's */
    BadInputException damaged(String name) {
        return refused(
                "carries a signature of " + name + " that is not one of this commit",
                "it was changed after it was signed, or the signature is damaged");
    }

    /** @param key what says whose the signature is */
    BadInputException unknown(String key) {
        return refused(
                "is signed by " + key + ", which is not one of the trusted signers",
                "have a trusted signer sign it, or add that key to them");
    }
}
