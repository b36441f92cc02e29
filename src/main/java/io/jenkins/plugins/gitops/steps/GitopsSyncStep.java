package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gitopsSync}: makes a cluster what a config repository declares. */
public final class GitopsSyncStep extends GitopsStep {
    private static final long serialVersionUID = 1L;

    /** How long to wait for an app to become healthy where nothing is said. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 300;

    private boolean prune = true;
    private boolean wait = true;
    private int timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;
    private OnDrift onDrift = OnDrift.UNSTABLE;

    @DataBoundConstructor
    public GitopsSyncStep(String app) {
        super(app);
    }

    /** Whether objects that left Git are deleted. */
    public boolean isPrune() {
        return prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    /** Whether to wait until everything is healthy. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** How long to wait. */
    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /** What becomes of the build where drift was found. */
    public OnDrift getOnDrift() {
        return onDrift;
    }

    @DataBoundSetter
    public void setOnDrift(OnDrift onDrift) {
        this.onDrift = onDrift == null ? OnDrift.UNSTABLE : onDrift;
    }

    @Override
    void check() throws AbortException {
        super.check();
        refuseIf(timeoutSeconds < 1, Messages.GitopsSyncStep_timeout(timeoutSeconds));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new GitopsSyncExecution(this, context);
    }

    /** The step's name, its form and its checks. */
    @Extension
    public static final class DescriptorImpl extends GitopsStepDescriptor {

        @Override
        public String getFunctionName() {
            return "gitopsSync";
        }

        @Override
        public String getDisplayName() {
            return Messages.GitopsSyncStep_displayName();
        }

        /** For the form. */
        public int getDefaultTimeoutSeconds() {
            return DEFAULT_TIMEOUT_SECONDS;
        }
    }
}
