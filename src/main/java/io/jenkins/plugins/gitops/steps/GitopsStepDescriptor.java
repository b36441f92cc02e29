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
import io.jenkins.plugins.gitops.engine.AppName;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
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

    /** {@code shop}, or {@code shop from apps/prod}. */
    @Override
    public String argumentsToString(Map<String, Object> arguments) {
        Object app = arguments.get("app");
        Object path = arguments.get("path");
        if (!(app instanceof String)) {
            return null;
        }
        return path instanceof String ? Messages.GitopsStep_arguments(app, path) : (String) app;
    }

    @POST
    public FormValidation doCheckApp(@QueryParameter String value) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.validateRequired(value);
        }
        try {
            AppName.check(value.trim());
            return FormValidation.ok();
        } catch (BadInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckServerUrl(@QueryParameter String value) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            new ClusterAccess(value.trim());
            return FormValidation.ok();
        } catch (ClusterException e) {
            return FormValidation.error(e.getMessage() + "; " + e.advice());
        }
    }

    @POST
    public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
        return FormValidation.validatePositiveInteger(value);
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
                : CredentialsItems.check(item, StringCredentials.class, serverUrl.trim(), value);
    }

    /** Tokens where a server is named, else credentials for Git. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String credentialsId) {
        Class<? extends StandardCredentials> type =
                Util.fixEmptyAndTrim(serverUrl) == null ? StandardUsernameCredentials.class : StringCredentials.class;
        return CredentialsItems.list(item, type, serverUrl, credentialsId);
    }

    @POST
    public ListBoxModel doFillGitCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String repo, @QueryParameter String gitCredentialsId) {
        return CredentialsItems.list(item, StandardUsernameCredentials.class, repo, gitCredentialsId);
    }
}
