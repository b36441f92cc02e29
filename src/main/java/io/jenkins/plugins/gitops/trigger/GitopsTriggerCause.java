package io.jenkins.plugins.gitops.trigger;

import hudson.model.Cause;

/** Why the trigger started a build. */
public final class GitopsTriggerCause extends Cause {

    private final String reason;

    GitopsTriggerCause(String reason) {
        this.reason = reason;
    }

    @Override
    public String getShortDescription() {
        return Messages.GitopsTriggerCause_description(reason);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GitopsTriggerCause cause && reason.equals(cause.reason);
    }

    @Override
    public int hashCode() {
        return reason.hashCode();
    }
}
