package io.jenkins.plugins.gitops.engine.sops;

/** A file cannot be decrypted, or is not what was encrypted. The message holds no plaintext. */
public final class SopsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    SopsException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do; empty where the message says it all. */
    public String advice() {
        return advice;
    }
}
