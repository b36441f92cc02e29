package io.jenkins.plugins.gitops.engine.cluster;

/**
 * The cluster cannot be reached, does not trust us, or refused a request: exit code 3 of the command line. The message
 * is for the person who reads it and holds neither credentials nor response bodies of unknown origin.
 */
public class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    public ClusterException(String message, String advice) {
        super(message);
        this.advice = advice == null ? "" : advice;
    }

    public ClusterException(String message, String advice, Throwable cause) {
        super(message, cause);
        this.advice = advice == null ? "" : advice;
    }

    /** What to do; empty where the message says it all. */
    public String advice() {
        return advice;
    }
}
