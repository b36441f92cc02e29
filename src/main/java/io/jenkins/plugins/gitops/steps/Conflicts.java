package io.jenkins.plugins.gitops.steps;

/** What happens where another manager owns a field with another value. */
public enum Conflicts {
    /** Git wins. */
    FORCE,
    /** It is an error, and nothing is written. */
    FAIL;

    /** For the form. */
    public String getDisplayName() {
        return switch (this) {
            case FORCE -> Messages.Conflicts_force();
            case FAIL -> Messages.Conflicts_fail();
        };
    }
}
