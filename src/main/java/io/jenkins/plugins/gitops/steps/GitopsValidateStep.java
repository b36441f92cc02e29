package io.jenkins.plugins.gitops.steps;

import hudson.Extension;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code gitopsValidate}: lists every problem of every manifest; with a cluster, those that only that knows too. */
public final class GitopsValidateStep extends GitopsStep {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public GitopsValidateStep(String app) {
        super(app);
    }

    @Override
    Command command() {
        return Command.VALIDATE;
    }

    @Override
    Verdict verdict(Report report) {
        return report.status() == Status.IN_SYNC ? Verdict.GOOD : Verdict.failure(getApp(), report);
    }

    /** The step's name, its form and its checks. */
    @Extension
    public static final class DescriptorImpl extends GitopsStepDescriptor {

        @Override
        public String getFunctionName() {
            return "gitopsValidate";
        }

        @Override
        public String getDisplayName() {
            return Messages.GitopsValidateStep_displayName();
        }
    }
}
