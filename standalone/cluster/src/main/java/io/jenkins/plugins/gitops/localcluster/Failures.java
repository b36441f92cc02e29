package io.jenkins.plugins.gitops.localcluster;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Words for exceptions whose own message would leave a person guessing. */
final class Failures {
    private Failures() {}

    /** Why, in a few words, from the innermost cause that says anything. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        if (innermost instanceof UnknownHostException) {
            return "the host " + message + " is unknown";
        }
        if (innermost instanceof NoSuchFileException) {
            return "there is no " + message;
        }
        if (innermost instanceof AccessDeniedException) {
            return "no permission for " + message;
        }
        return message == null || message.isBlank()
                ? innermost.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
