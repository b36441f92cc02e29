package io.jenkins.plugins.gitops.engine.report;

/** How a run ended. The exit codes are a contract with scripts. */
public enum Status {
    /** The cluster is what Git declares (for {@code validate}: the manifests are sound). */
    IN_SYNC(0),
    /** {@code plan} or {@code drift} found differences. */
    OUT_OF_SYNC(1),
    /** The input is not sound; nothing was written. */
    INVALID(2),
    /** The cluster cannot be reached, or it refused a request; what was done before is in the report. */
    FAILED(3),
    /** Applied, but not healthy in time; nothing was pruned. */
    UNHEALTHY(4),
    /** A safety rule refused; the message says which and how to go on. */
    REFUSED(5),
    /** Interrupted; what was done before is in the report. */
    ABORTED(130);

    private final int exitCode;

    Status(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
