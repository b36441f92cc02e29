package io.jenkins.plugins.gitops.engine.plan;

/** Why an object or a field differs from Git. */
public enum Cause {
    /** Git is ahead of what was last synced. */
    PENDING,
    /** The live object left what was last synced: somebody changed, deleted or added it in the cluster. */
    DRIFT
}
