package io.jenkins.plugins.gitops.steps;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.clusters.CredentialsItems;
import io.jenkins.plugins.gitops.clusters.JobClusters;
import io.jenkins.plugins.gitops.clusters.ServerUrl;
import io.jenkins.plugins.gitops.engine.AppName;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.source.TrustedSigners;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The part of the form that every step has. */
public abstract class GitopsStepDescriptor extends StepDescriptor {

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FilePath.class, Launcher.class, TaskListener.class, FlowNode.class, EnvVars.class);
    }

    /** {@code prod / shop}, or {@code shop} where the cluster has no name. */
    @Override
    public String argumentsToString(Map<String, Object> arguments) {
        if (!(arguments.get("app") instanceof String app)) {
            return null;
        }
        return arguments.get("cluster") instanceof String cluster ? cluster + " / " + app : app;
    }

    @POST
    public FormValidation doCheckApp(@QueryParameter String value) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.validateRequired(value);
        }
        return Argument.check(value, () -> {
            AppName.check(value.trim());
            return value;
        });
    }

    @POST
    public FormValidation doCheckServerUrl(@QueryParameter String value) {
        return ServerUrl.check(value);
    }

    @POST
    public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
        return FormValidation.validatePositiveInteger(value);
    }

    @POST
    public FormValidation doCheckLockTimeoutSeconds(@QueryParameter String value) {
        return FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckPullGraceSeconds(@QueryParameter String value) {
        return FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckTrustedSigners(@QueryParameter String value) {
        return Argument.check(value, () -> TrustedSigners.parse("trustedSigners", value));
    }

    @POST
    public FormValidation doCheckIgnoreDifferences(@QueryParameter String value) {
        return Argument.check(value, () -> ComparingStep.rules(value));
    }

    @POST
    public FormValidation doCheckHealthExpressions(@QueryParameter String value) {
        return Argument.check(value, () -> GitopsSyncStep.expressions(value));
    }

    @POST
    public FormValidation doCheckPruneLimit(@QueryParameter String value) {
        return FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckRepo(@QueryParameter String value) {
        String problem = GitopsStep.problemOfRepo(Util.fixEmptyAndTrim(value));
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    @POST
    public FormValidation doCheckCluster(@AncestorInPath Item item, @QueryParameter String value) {
        if (Util.fixEmptyAndTrim(value) == null || item == null || !CredentialsItems.mayList(item)) {
            return FormValidation.ok();
        }
        return JobClusters.isUsable(item, value.trim())
                ? FormValidation.ok()
                : FormValidation.warning(Messages.GitopsStep_unknownCluster(value));
    }

    /** The clusters that the item may use. */
    @POST
    public ListBoxModel doFillClusterItems(@AncestorInPath Item item, @QueryParameter String cluster) {
        return JobClusters.names(item, cluster);
    }

    @POST
    public ListBoxModel doFillRendererItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.Renderer_auto(), RendererChoice.AUTO.name());
        items.add(Messages.Renderer_plain(), RendererChoice.PLAIN.name());
        items.add(Messages.Renderer_kustomize(), RendererChoice.KUSTOMIZE.name());
        items.add(Messages.Renderer_helm(), RendererChoice.HELM.name());
        return items;
    }

    @POST
    public ListBoxModel doFillAdditionsItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.Additions_report(), AdditionsPolicy.REPORT.name());
        items.add(Messages.Additions_revert(), AdditionsPolicy.REVERT.name());
        items.add(Messages.Additions_ignore(), AdditionsPolicy.IGNORE.name());
        return items;
    }

    @POST
    public FormValidation doCheckKubeconfigCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsItems.check(item, FileCredentials.class, null, value);
    }

    @POST
    public ListBoxModel doFillKubeconfigCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String kubeconfigCredentialsId) {
        return CredentialsItems.list(item, FileCredentials.class, null, kubeconfigCredentialsId);
    }

    @POST
    public FormValidation doCheckCredentialsId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String serverUrl) {
        return Util.fixEmptyAndTrim(serverUrl) == null
                ? FormValidation.ok()
                : CredentialsItems.check(item, StandardCredentials.class, serverUrl.trim(), value);
    }

    /** Those for an API server where one is named, else those for Git. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String credentialsId) {
        return Util.fixEmptyAndTrim(serverUrl) == null
                ? CredentialsItems.list(item, StandardUsernameCredentials.class, null, credentialsId)
                : CredentialsItems.forCluster(item, serverUrl.trim(), credentialsId);
    }

    @POST
    public ListBoxModel doFillGitCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String repo, @QueryParameter String gitCredentialsId) {
        return CredentialsItems.list(item, StandardUsernameCredentials.class, repo, gitCredentialsId);
    }

    @POST
    public FormValidation doCheckAgeKeyCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsItems.check(item, StandardCredentials.class, null, value);
    }

    @POST
    public ListBoxModel doFillAgeKeyCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String ageKeyCredentialsId) {
        return CredentialsItems.forAgeKeys(item, ageKeyCredentialsId);
    }

    /** What objects can be taken over from. */
    public final Tool[] getTools() {
        return Tool.values();
    }
}
