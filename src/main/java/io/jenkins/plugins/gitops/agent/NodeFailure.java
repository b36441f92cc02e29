package io.jenkins.plugins.gitops.agent;

import hudson.AbortException;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.io.IOException;
import java.util.stream.Collectors;

/** What a node has thrown, as an error for the log of a build. Its text is the node's: it is cut, and one line stays one line. */
final class NodeFailure {

    /** Longer messages than this are no help to anybody, and are kept with the build. */
    private static final int MAX_TEXT = 4_000;

    /** Causes below this are not looked at: a chain may be made without an end. */
    private static final int MAX_CAUSES = 50;

    private NodeFailure() {}

    /** @return an {@link AbortException} where its message says all there is to say */
    static IOException of(Throwable cause) {
        if (cause instanceof AbortException) {
            return new AbortException(text(String.valueOf(cause.getMessage())));
        }
        boolean fits = true;
        Throwable part = cause;
        for (int i = 0; i < MAX_CAUSES && part != null; i++, part = part.getCause()) {
            if (part instanceof UnsupportedClassVersionError) {
                return new AbortException("The node's Java is too old for this plugin (" + text(part.toString())
                        + "). Run the node's agent with Java 17 or newer.");
            }
            if (part instanceof LinkageError || part instanceof ClassNotFoundException) {
                return new AbortException("The node's agent cannot run this plugin (" + text(part.toString())
                        + "). Give the node the agent.jar of this Jenkins, and Java 17 or newer.");
            }
            fits &= part.toString().length() <= MAX_TEXT && part.getSuppressed().length == 0;
        }
        String message = "The run in the node failed: " + text(String.valueOf(cause));
        // A stack trace prints every message in full.
        return fits && part == null ? new IOException(message, cause) : new IOException(message);
    }

    private static String text(String text) {
        return Printable.cut(text, MAX_TEXT).lines().map(Printable::line).collect(Collectors.joining("\n"));
    }
}
