package io.jenkins.plugins.gitops.engine.plan;

/** What becomes of fields that Git does not declare and that a person added by hand. */
public enum AdditionsPolicy {
    /** They are reported as drift, and a sync leaves them. */
    REPORT,
    /** They are drift, and a sync removes them, as Flux does. */
    REVERT,
    /** They are nobody's business. */
    IGNORE
}
