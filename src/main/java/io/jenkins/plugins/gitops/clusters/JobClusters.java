package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/**
 * The clusters that one build may use. A credential that belongs to a defined cluster is sent to that cluster alone,
 * whatever a job says.
 */
public final class JobClusters {

    private final Run<?, ?> run;
    private final JobCredentials credentials;

    public JobClusters(Run<?, ?> run) {
        this.run = run;
        this.credentials = new JobCredentials(run);
    }

    /** For a form: the names of the clusters that an item may use; who may not see them gets the current value alone. */
    public static ListBoxModel names(Item item, String current) {
        ListBoxModel names = new ListBoxModel();
        names.add("");
        if (item != null && CredentialsItems.mayList(item)) {
            DefinedCluster.usableBy(item)
                    .map(defined -> defined.cluster().getName())
                    .forEach(names::add);
        }
        if (current != null && names.stream().noneMatch(option -> option.value.equals(current))) {
            names.add(current);
        }
        return names;
    }

    /** For a form: whether an item may use a cluster of that name. */
    public static boolean isUsable(Item item, String name) {
        return DefinedCluster.usableBy(item)
                .anyMatch(defined -> defined.cluster().getName().equals(name));
    }

    /**
     * A cluster by its name.
     *
     * @throws AbortException if there is none of that name that the job may use, or its credential cannot be used
     */
    public ClusterAccess named(String name) throws IOException {
        return access(DefinedCluster.usableBy(item())
                .filter(defined -> defined.cluster().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbortException(Messages.JobClusters_unknown(name))));
    }

    /**
     * The cluster of a kubeconfig's current context.
     *
     * @param credentialsId of a credential of the kind "Secret file"
     * @throws AbortException if there is none, or the kubeconfig is refused
     */
    public ClusterAccess kubeconfig(String credentialsId) throws IOException {
        FileCredentials file =
                credentials.find(credentialsId, FileCredentials.class, Messages.ClusterCredentials_secretFile(), null);
        DefinedCluster owner = owner(file, null);
        return owner == null ? ClusterCredentials.kubeconfig(file) : access(owner);
    }

    /**
     * A cluster by its URL and a credential.
     *
     * @param server the API server's URL
     * @param caCertificate PEM; {@code null} for the authorities that the node's Java trusts
     * @param credentialsId of a token, a client certificate, a user name with password, or the like
     * @throws AbortException if there is none, or the URL is refused
     */
    public ClusterAccess at(String server, String caCertificate, String credentialsId) throws IOException {
        ClusterCredentials.server(server);
        StandardCredentials found = credentials.find(
                credentialsId, StandardCredentials.class, Messages.ClusterCredentials_anyKind(), server);
        DefinedCluster owner = owner(found, server);
        return owner == null ? ClusterCredentials.at(server, caCertificate, found) : access(owner);
    }

    /** The defined cluster to which a credential belongs; {@code null} where it belongs to none. */
    private DefinedCluster owner(StandardCredentials found, String server) throws AbortException {
        List<DefinedCluster> owners = DefinedCluster.around(item()).stream()
                .filter(defined -> defined.names(found.getId()))
                .toList();
        if (owners.isEmpty()) {
            return null;
        }
        return owners.stream()
                .filter(defined -> defined.allows(item()) && defined.isAt(server))
                .findFirst()
                .orElseThrow(() -> new AbortException(Messages.JobClusters_bound(found.getId())));
    }

    private ClusterAccess access(DefinedCluster defined) throws IOException {
        return access(defined, credentials.of(defined));
    }

    /** A defined cluster with its credential, unless that belongs to one that is defined further up. */
    static ClusterAccess access(DefinedCluster defined, StandardCredentials found) throws IOException {
        Cluster cluster = defined.cluster();
        boolean bound = defined.above().stream()
                .anyMatch(other -> other.names(found.getId())
                        && !(other.isAt(cluster.getServerUrl())
                                && defined.owner() instanceof Item folder
                                && other.allows(folder)));
        if (bound) {
            throw new AbortException(Messages.JobClusters_bound(found.getId()));
        }
        ClusterAccess access;
        if (found instanceof FileCredentials file) {
            access = ClusterCredentials.kubeconfig(file);
            if (cluster.getServerUrl() != null && !defined.isAt(access.server())) {
                throw new AbortException(Messages.JobClusters_otherServer(
                        cluster.getName(), cluster.getServerUrl(), found.getId(), access.server()));
            }
        } else if (cluster.getServerUrl() == null) {
            throw new AbortException(Messages.JobClusters_noServer(cluster.getName()));
        } else {
            access = ClusterCredentials.at(cluster.getServerUrl(), cluster.getCaCertificate(), found);
        }
        access.name(cluster.getName());
        return cluster.getNamespace() == null ? access : access.namespace(cluster.getNamespace());
    }

    private Item item() {
        return run.getParent();
    }
}
