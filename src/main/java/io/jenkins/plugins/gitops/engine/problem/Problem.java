package io.jenkins.plugins.gitops.engine.problem;

import java.util.Objects;

/**
 * One thing that is wrong with the input, told to the person who has to mend it.
 *
 * @param severity whether it stops the run
 * @param location where it stands in the config repository; {@code null} where it is not in a file
 * @param message what is wrong and why, one sentence or two, without a secret's value
 * @param advice what to do; empty where the message says it all
 */
public record Problem(Severity severity, SourceLocation location, String message, String advice) {

    /** Whether a problem stops the run. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        advice = advice == null ? "" : advice;
    }

    public static Problem error(SourceLocation location, String message, String advice) {
        return new Problem(Severity.ERROR, location, message, advice);
    }

    public static Problem error(SourceLocation location, String message) {
        return error(location, message, "");
    }

    public static Problem warning(SourceLocation location, String message, String advice) {
        return new Problem(Severity.WARNING, location, message, advice);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code file:line:column: message; advice}, on one line that steers no terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (location != null) {
            text.append(location).append(": ");
        }
        text.append(message);
        if (!advice.isEmpty()) {
            text.append("; ").append(advice);
        }
        return Printable.line(text.toString());
    }
}
