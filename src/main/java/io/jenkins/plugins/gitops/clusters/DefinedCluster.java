package io.jenkins.plugins.gitops.clusters;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A cluster with where it is defined, which is where its credential is looked for.
 *
 * @param owner the folder, or Jenkins
 */
record DefinedCluster(ItemGroup<?> owner, Cluster cluster) {

    /** The clusters of an item's folders and of Jenkins, whether the item may use them or not; the nearest first. */
    static List<DefinedCluster> around(Item item) {
        return from(item instanceof ItemGroup<?> folder ? folder : item.getParent());
    }

    private static List<DefinedCluster> from(ItemGroup<?> innermost) {
        List<DefinedCluster> found = new ArrayList<>();
        for (ItemGroup<?> group = innermost; group != null; group = parent(group)) {
            for (ClusterSource source : ExtensionList.lookup(ClusterSource.class)) {
                for (Cluster cluster : source.definedBy(group)) {
                    found.add(new DefinedCluster(group, cluster));
                }
            }
        }
        return found;
    }

    private static ItemGroup<?> parent(ItemGroup<?> group) {
        return group instanceof Item item ? item.getParent() : null;
    }

    /** What an item may use; of clusters with one name the nearest. */
    static Stream<DefinedCluster> usableBy(Item item) {
        List<String> names = new ArrayList<>();
        return around(item).stream()
                .filter(defined -> defined.allows(item))
                .filter(defined -> !names.contains(defined.cluster.getName()) && names.add(defined.cluster.getName()));
    }

    /** The clusters that are defined above this one. */
    List<DefinedCluster> above() {
        return owner instanceof Item item ? from(item.getParent()) : List.of();
    }

    boolean allows(Item item) {
        return cluster.allows(item.getFullName());
    }

    /** Whether it is the cluster that this credential is for. */
    boolean names(String credentialsId) {
        return credentialsId.equals(cluster.getCredentialsId());
    }

    /** @param serverUrl {@code null} for that of a kubeconfig */
    boolean isAt(String serverUrl) {
        return Objects.equals(normal(serverUrl), normal(cluster.getServerUrl()));
    }

    private static String normal(String url) {
        return url == null ? null : url.replaceAll("/+$", "");
    }
}
