package io.jenkins.plugins.gitops.steps;

import hudson.Extension;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code gitopsPlan}: shows what a sync would do, and does nothing. */
public final class GitopsPlanStep extends ChangingStep {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public GitopsPlanStep(String app) {
        super(app);
    }

    @Override
    Command command() {
        return Command.PLAN;
    }

    @Override
    Verdict verdict(Report report) {
        boolean known = report.status() == Status.IN_SYNC || report.status() == Status.OUT_OF_SYNC;
        return known ? Verdict.GOOD : Verdict.failure(getApp(), report);
    }

    /** The step's name, its form and its checks. */
    @Extension
    public static final class DescriptorImpl extends GitopsStepDescriptor {

        @Override
        public String getFunctionName() {
            return "gitopsPlan";
        }

        @Override
        public String getDisplayName() {
            return Messages.GitopsPlanStep_displayName();
        }
    }
}
