package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionPoint;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import java.io.IOException;

/** Makes tokens, certificates or passwords of kinds of credentials that only other plugins know. */
public abstract class CredentialsConverter implements ExtensionPoint {

    /** Whether a credential is of a kind that this knows. Asked of everything that a list may offer. */
    abstract boolean converts(Credentials credentials);

    /**
     * @param access the server, with its CA certificate
     * @return the same, with the credential
     * @throws IOException if nothing can be had of the credential
     */
    abstract ClusterAccess convert(StandardCredentials credentials, ClusterAccess access) throws IOException;
}
