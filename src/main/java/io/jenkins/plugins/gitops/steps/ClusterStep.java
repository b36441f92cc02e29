package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.gitops.clusters.ClusterChoice;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of a step's arguments that says which cluster is meant. */
public abstract class ClusterStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String cluster;
    private String kubeconfigCredentialsId;
    private String serverUrl;
    private String caCertificate;
    private String credentialsId;
    private String namespace;

    /** The name of a cluster that is defined in Jenkins or in the job's folders. */
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
    }

    /** A "Secret file" credential with a kubeconfig. */
    public String getKubeconfigCredentialsId() {
        return kubeconfigCredentialsId;
    }

    @DataBoundSetter
    public void setKubeconfigCredentialsId(String kubeconfigCredentialsId) {
        this.kubeconfigCredentialsId = Util.fixEmptyAndTrim(kubeconfigCredentialsId);
    }

    /** The API server's URL, instead of a kubeconfig. */
    public String getServerUrl() {
        return serverUrl;
    }

    @DataBoundSetter
    public void setServerUrl(String serverUrl) {
        this.serverUrl = Util.fixEmptyAndTrim(serverUrl);
    }

    /** PEM of the certificate authorities to trust at {@code serverUrl}. */
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** With {@code serverUrl}, the credential for the API server; without it, the one for {@code repo}. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** For objects that name none, and home of the app's inventory. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** The cluster as the arguments name it. */
    ClusterChoice clusterChoice() {
        return new ClusterChoice(cluster, kubeconfigCredentialsId, serverUrl, caCertificate, credentialsId);
    }

    static void refuseIf(boolean wrong, String message) throws AbortException {
        if (wrong) {
            throw new AbortException(message);
        }
    }
}
