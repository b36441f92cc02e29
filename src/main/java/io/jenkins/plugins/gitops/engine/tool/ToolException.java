package io.jenkins.plugins.gitops.engine.tool;

/** A program could not be run to its end: it cannot be started, or a limit ended it. */
public final class ToolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    ToolException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do; empty where nobody can say. */
    public String advice() {
        return advice;
    }
}
