package io.jenkins.plugins.gitops.steps;

import hudson.Extension;
import hudson.ExtensionList;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** What Kustomize and Helm may do in the builds of all of Jenkins: an administrator's decision, and no job's. */
@Extension
@Symbol("gitopsRendering")
public final class GitopsRendering extends GlobalConfiguration {

    private boolean remoteAllowed;

    public GitopsRendering() {
        load();
    }

    public static GitopsRendering get() {
        return ExtensionList.lookupSingleton(GitopsRendering.class);
    }

    /** Whether a kustomization may name bases, and a chart dependencies, that are not in the config repository. */
    public boolean isRemoteAllowed() {
        return remoteAllowed;
    }

    @DataBoundSetter
    public void setRemoteAllowed(boolean remoteAllowed) {
        this.remoteAllowed = remoteAllowed;
        save();
    }

    @Override
    public String getDisplayName() {
        return Messages.GitopsRendering_displayName();
    }
}
