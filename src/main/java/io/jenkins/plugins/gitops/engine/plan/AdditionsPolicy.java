package io.jenkins.plugins.gitops.engine.plan;

/** What becomes of fields that Git does not declare and that somebody added. */
public enum AdditionsPolicy {
    /** They are reported as drift, and a sync leaves them. */
    REPORT,
    /**
     * They are drift, and a sync removes those that a person set by hand, as Flux does. What another program set is
     * reported and left: it would set it again.
     */
    REVERT,
    /** They are nobody's business. */
    IGNORE
}
