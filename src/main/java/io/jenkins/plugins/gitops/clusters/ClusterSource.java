package io.jenkins.plugins.gitops.clusters;

import hudson.Extension;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.List;
import jenkins.model.Jenkins;

/** What defines clusters: Jenkins itself and, where there are folders, those. */
public abstract class ClusterSource implements ExtensionPoint {

    /** The clusters that are defined right there, and not above. */
    abstract List<Cluster> definedBy(ItemGroup<?> group);

    /** Jenkins' own. */
    @Extension
    public static final class Global extends ClusterSource {

        @Override
        List<Cluster> definedBy(ItemGroup<?> group) {
            return group instanceof Jenkins ? GitopsClusters.get().getClusters() : List.of();
        }
    }
}
