package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The clusters of a folder, for the jobs inside it and for no others. */
public final class FolderClusters extends AbstractFolderProperty<AbstractFolder<?>> {

    private List<Cluster> clusters = new ArrayList<>();

    @DataBoundConstructor
    public FolderClusters() {}

    public List<Cluster> getClusters() {
        return List.copyOf(clusters);
    }

    @DataBoundSetter
    public void setClusters(List<Cluster> clusters) {
        this.clusters = new ArrayList<>(clusters == null ? List.of() : clusters);
    }

    /** The form, in a folder's configuration. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("gitopsClusters")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.GitopsClusters_displayName();
        }
    }

    /** Where folders are. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    public static final class Source extends ClusterSource {

        @Override
        List<Cluster> definedBy(ItemGroup<?> group) {
            if (group instanceof AbstractFolder<?> folder) {
                FolderClusters property = folder.getProperties().get(FolderClusters.class);
                return property == null ? List.of() : property.getClusters();
            }
            return List.of();
        }
    }
}
