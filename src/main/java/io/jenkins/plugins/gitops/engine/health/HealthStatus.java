package io.jenkins.plugins.gitops.engine.health;

/** The health of one live object, in Argo CD's words. */
public enum HealthStatus {
    /** It is what it is meant to be. */
    HEALTHY,
    /** It is on its way; waiting may help. */
    PROGRESSING,
    /** It failed, or it keeps failing. */
    DEGRADED,
    /** Somebody paused it; it does not progress until it is resumed. */
    SUSPENDED,
    /** It is not in the cluster. */
    MISSING,
    /** It cannot be told. */
    UNKNOWN
}
