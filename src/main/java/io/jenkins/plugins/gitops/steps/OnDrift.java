package io.jenkins.plugins.gitops.steps;

/** What becomes of a build in which drift was found. */
public enum OnDrift {
    /** The build turns unstable and goes on. */
    UNSTABLE,
    /** The step fails. */
    FAILURE,
    /** The report tells it; the build stays as it is. */
    IGNORE;

    /** For the form. */
    public String getDisplayName() {
        return switch (this) {
            case UNSTABLE -> Messages.OnDrift_unstable();
            case FAILURE -> Messages.OnDrift_failure();
            case IGNORE -> Messages.OnDrift_ignore();
        };
    }
}
