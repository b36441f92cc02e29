package io.jenkins.plugins.gitops.clusters;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The clusters of all of Jenkins. */
@Extension
@Symbol("gitopsClusters")
public final class GitopsClusters extends GlobalConfiguration {

    private List<Cluster> clusters = new ArrayList<>();

    public GitopsClusters() {
        load();
    }

    public static GitopsClusters get() {
        return ExtensionList.lookupSingleton(GitopsClusters.class);
    }

    public List<Cluster> getClusters() {
        return List.copyOf(clusters);
    }

    @DataBoundSetter
    public void setClusters(List<Cluster> clusters) {
        this.clusters = new ArrayList<>(clusters == null ? List.of() : clusters);
        save();
    }

    @Override
    public String getDisplayName() {
        return Messages.GitopsClusters_displayName();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        if (!form.has("clusters")) {
            // The form of an empty list says nothing of it.
            setClusters(List.of());
        }
        request.bindJSON(this, form);
        return true;
    }
}
