package io.jenkins.plugins.gitops.engine.report;

/** What was asked for. */
public enum Command {
    SYNC,
    PLAN,
    DRIFT,
    VALIDATE,
    /** Takes an app out of the cluster. */
    DELETE;

    /** Whether the cluster is written to. */
    public boolean writes() {
        return this == SYNC || this == DELETE;
    }
}
