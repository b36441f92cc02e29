package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gitopsValidate}: lists every problem of every manifest; with a cluster, those that only that knows too. */
public final class GitopsValidateStep extends GitopsStep {
    private static final long serialVersionUID = 1L;

    private String kubernetesVersion;
    private boolean ignoreMissingSchemas;
    private String policies;

    @DataBoundConstructor
    public GitopsValidateStep(String app) {
        super(app);
    }

    /** The version that the manifests are for; {@code null} for that of the schemas. */
    public String getKubernetesVersion() {
        return kubernetesVersion;
    }

    @DataBoundSetter
    public void setKubernetesVersion(String kubernetesVersion) {
        this.kubernetesVersion = Util.fixEmptyAndTrim(kubernetesVersion);
    }

    /** Whether kinds pass whose schema is not known. */
    public boolean isIgnoreMissingSchemas() {
        return ignoreMissingSchemas;
    }

    @DataBoundSetter
    public void setIgnoreMissingSchemas(boolean ignoreMissingSchemas) {
        this.ignoreMissingSchemas = ignoreMissingSchemas;
    }

    /** A folder of the workspace with policies beside those in the repository; {@code null} for none. */
    public String getPolicies() {
        return policies;
    }

    @DataBoundSetter
    public void setPolicies(String policies) {
        this.policies = Util.fixEmptyAndTrim(policies);
    }

    @Override
    SyncRequest request() throws AbortException {
        return super.request()
                .withValidate(new ValidatePolicy(true, null, kubernetesVersion, ignoreMissingSchemas, policies));
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
