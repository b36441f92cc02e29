package io.jenkins.plugins.gitops.engine.lease;

/** Another sync of the app is under way, and it did not end in time. The message says whose, since when, and what to do. */
public final class LeaseHeldException extends Exception {
    private static final long serialVersionUID = 1L;

    LeaseHeldException(String message) {
        super(message);
    }
}
