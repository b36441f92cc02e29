package io.jenkins.plugins.gitops.clusters;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** How a job says which cluster it means: names and ids, and no secret. */
public final class ClusterChoice implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String cluster;
    private final String kubeconfigCredentialsId;
    private final String serverUrl;
    private final String caCertificate;
    private final String credentialsId;

    /**
     * One of the first three; the others are {@code null}.
     *
     * @param cluster the name of a cluster that is defined in Jenkins
     * @param kubeconfigCredentialsId a credential of the kind "Secret file"
     * @param serverUrl the API server's URL, with {@code credentialsId}
     * @param caCertificate PEM, for {@code serverUrl}; may be {@code null}
     * @param credentialsId for {@code serverUrl}
     */
    public ClusterChoice(
            String cluster,
            String kubeconfigCredentialsId,
            String serverUrl,
            String caCertificate,
            String credentialsId) {
        this.cluster = cluster;
        this.kubeconfigCredentialsId = kubeconfigCredentialsId;
        this.serverUrl = serverUrl;
        this.caCertificate = caCertificate;
        this.credentialsId = serverUrl == null ? null : credentialsId;
    }

    /** Whether no cluster is named at all. */
    public boolean isNone() {
        return cluster == null && kubeconfigCredentialsId == null && serverUrl == null;
    }

    /** @throws AbortException if the parts do not fit together */
    public void check() throws AbortException {
        int named = (cluster == null ? 0 : 1) + (kubeconfigCredentialsId == null ? 0 : 1) + (serverUrl == null ? 0 : 1);
        refuseIf(named > 1, Messages.ClusterChoice_several());
        refuseIf(serverUrl != null && credentialsId == null, Messages.ClusterChoice_noCredential());
        refuseIf(serverUrl == null && caCertificate != null, Messages.ClusterChoice_caCertificateAlone());
    }

    private static void refuseIf(boolean wrong, String message) throws AbortException {
        if (wrong) {
            throw new AbortException(message);
        }
    }

    /**
     * The cluster with its credential, as the build's job may use them.
     *
     * @return {@code null} where no cluster is named
     * @throws AbortException if there is none, or the job may not use it
     */
    public ClusterAccess access(Run<?, ?> run) throws IOException {
        JobClusters clusters = new JobClusters(run);
        if (cluster != null) {
            return clusters.named(cluster);
        }
        if (kubeconfigCredentialsId != null) {
            return clusters.kubeconfig(kubeconfigCredentialsId);
        }
        return serverUrl == null ? null : clusters.at(serverUrl, caCertificate, credentialsId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterChoice choice && parts().equals(choice.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<String> parts() {
        return Arrays.asList(cluster, kubeconfigCredentialsId, serverUrl, caCertificate, credentialsId);
    }

    /** For people: {@code prod}, or where it is. */
    @Override
    public String toString() {
        return cluster != null ? cluster : serverUrl != null ? serverUrl : String.valueOf(kubeconfigCredentialsId);
    }
}
