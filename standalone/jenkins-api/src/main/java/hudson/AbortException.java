package hudson;

import java.io.IOException;

/** Fails a build with its message alone in the log, without a stack trace. */
public class AbortException extends IOException {
    private static final long serialVersionUID = 1L;

    public AbortException(String message) {
        super(message);
    }
}
