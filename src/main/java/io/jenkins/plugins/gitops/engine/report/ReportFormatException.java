package io.jenkins.plugins.gitops.engine.report;

import java.io.IOException;

/** A file is no report, or one that cannot be read safely. The message says what is wrong and where in it. */
public class ReportFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ReportFormatException(String message) {
        super(message);
    }

    public ReportFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
