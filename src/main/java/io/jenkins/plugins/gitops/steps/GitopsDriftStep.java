package io.jenkins.plugins.gitops.steps;

import hudson.Extension;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gitopsDrift}: says whether a cluster still is what was synced, and who changed it; changes nothing. */
public final class GitopsDriftStep extends ComparingStep {
    private static final long serialVersionUID = 1L;

    private OnDrift onDrift = OnDrift.UNSTABLE;

    @DataBoundConstructor
    public GitopsDriftStep(String app) {
        super(app);
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
    Command command() {
        return Command.DRIFT;
    }

    @Override
    Verdict verdict(Report report) {
        if (report.status() != Status.IN_SYNC && report.status() != Status.OUT_OF_SYNC) {
            return Verdict.failure(getApp(), report);
        }
        int drifted = report.counts().drifted();
        return drifted == 0 ? Verdict.GOOD : Verdict.of(onDrift, Messages.GitopsDriftStep_drifted(getApp(), drifted));
    }

    /** The step's name, its form and its checks. */
    @Extension
    public static final class DescriptorImpl extends GitopsStepDescriptor {

        @Override
        public String getFunctionName() {
            return "gitopsDrift";
        }

        @Override
        public String getDisplayName() {
            return Messages.GitopsDriftStep_displayName();
        }
    }
}
