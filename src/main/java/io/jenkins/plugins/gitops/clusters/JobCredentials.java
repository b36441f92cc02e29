package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * A cluster from a credential, in the context of one build: only what the build's job may use is found (its folders'
 * credentials and the global ones, never those of scope System), and the use is recorded with the credential.
 */
public final class JobCredentials {

    /** No kubeconfig of a person or a service account is as large. */
    private static final int MAX_KUBECONFIG = 1 << 20;

    private final Run<?, ?> run;

    public JobCredentials(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * The cluster of a kubeconfig's current context.
     *
     * @param id of a credential of the kind "Secret file"
     * @throws AbortException if there is none, or the kubeconfig is refused
     */
    public ClusterAccess kubeconfig(String id) throws IOException {
        FileCredentials credentials = find(id, FileCredentials.class, List.of());
        String text;
        try (InputStream content = credentials.getContent()) {
            byte[] bytes = content.readNBytes(MAX_KUBECONFIG + 1);
            if (bytes.length > MAX_KUBECONFIG) {
                throw new AbortException(Messages.JobCredentials_tooLarge(id));
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        try {
            return Kubeconfig.parse(Messages.JobCredentials_name(id), text).access(null);
        } catch (BadInputException e) {
            throw new AbortException(e.getMessage());
        } catch (ClusterException e) {
            throw failure(e);
        }
    }

    /**
     * A cluster by its URL and a bearer token.
     *
     * @param server the API server's URL
     * @param caCertificate PEM; {@code null} for the authorities that the node's Java trusts
     * @param id of a credential of the kind "Secret text"
     * @throws AbortException if there is none, or the URL is refused
     */
    public ClusterAccess token(String server, String caCertificate, String id) throws IOException {
        ClusterAccess access;
        try {
            access = new ClusterAccess(server).caCertificate(caCertificate);
        } catch (ClusterException e) {
            throw failure(e);
        }
        // A credential whose domain names other hosts is not found.
        List<DomainRequirement> requirements =
                URIRequirementBuilder.fromUri(server).build();
        StringCredentials credentials = find(id, StringCredentials.class, requirements);
        return access.token(credentials.getSecret().getPlainText());
    }

    private static AbortException failure(ClusterException e) {
        return new AbortException(e.advice().isEmpty() ? e.getMessage() : e.getMessage() + "; " + e.advice());
    }

    private <C extends StandardCredentials> C find(String id, Class<C> type, List<DomainRequirement> requirements)
            throws AbortException {
        C found = CredentialsProvider.findCredentialById(id, type, run, requirements);
        if (found == null) {
            throw new AbortException(explain(id, type));
        }
        CredentialsProvider.track(run, found);
        return found;
    }

    /** Says more only of what the job may use anyway. */
    private String explain(String id, Class<?> wanted) {
        String kind = wanted == FileCredentials.class
                ? Messages.JobCredentials_secretFile()
                : Messages.JobCredentials_secretText();
        IdCredentials other =
                CredentialsProvider.findCredentialById(id, IdCredentials.class, run, List.<DomainRequirement>of());
        return other == null ? Messages.JobCredentials_notFound(id, kind) : Messages.JobCredentials_otherKind(id, kind);
    }
}
