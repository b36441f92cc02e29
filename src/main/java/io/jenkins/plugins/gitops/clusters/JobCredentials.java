package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * Credentials in the context of one build: only what the build's job may use is found (its folders' credentials and the
 * global ones, never those of scope System), and the use is recorded with the credential.
 */
final class JobCredentials {

    private final Run<?, ?> run;

    JobCredentials(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * A credential that the job names itself.
     *
     * @param type the kind that is needed
     * @param kind what people call that kind
     * @param server where it will be used; {@code null} where it says that itself
     * @throws AbortException if there is none that the job may use, and use there
     */
    <C extends StandardCredentials> C find(String id, Class<C> type, String kind, String server) throws AbortException {
        // A credential whose domain names other hosts is not found.
        C found = CredentialsProvider.findCredentialById(id, type, run, requirements(server));
        if (found == null) {
            // Says more only of what the job may use anyway.
            StandardCredentials other =
                    CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, requirements(null));
            throw new AbortException(
                    other == null
                            ? Messages.JobCredentials_notFound(id, kind)
                            : Messages.JobCredentials_otherKind(id, kind));
        }
        return track(found);
    }

    /**
     * The credential of a cluster, which is looked for where the cluster is defined, so that nobody below can put
     * another in its place.
     *
     * @throws AbortException if there is none, or the job may not use it
     */
    StandardCredentials of(DefinedCluster defined) throws AbortException {
        Authentication identity =
                run.getParent() instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        if (!run.hasPermission2(identity, CredentialsProvider.USE_ITEM)) {
            throw new AbortException(Messages.JobCredentials_notAllowed(
                    identity.getName(), defined.cluster().getName()));
        }
        return track(kept(defined));
    }

    /** As {@link #of}, for no job in particular. */
    static StandardCredentials kept(DefinedCluster defined) throws AbortException {
        Cluster cluster = defined.cluster();
        if (cluster.getCredentialsId() == null) {
            throw new AbortException(Messages.JobCredentials_none(cluster.getName()));
        }
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                cluster.getCredentialsId(),
                StandardCredentials.class,
                defined.owner(),
                ACL.SYSTEM2,
                requirements(cluster.getServerUrl()));
        if (found == null || found.getScope() == CredentialsScope.SYSTEM) {
            throw new AbortException(
                    Messages.JobCredentials_notFoundForCluster(cluster.getCredentialsId(), cluster.getName()));
        }
        return found;
    }

    private <C extends StandardCredentials> C track(C credentials) {
        CredentialsProvider.track(run, credentials);
        return credentials;
    }

    private static List<DomainRequirement> requirements(String server) {
        return URIRequirementBuilder.fromUri(server == null ? "" : server).build();
    }
}
