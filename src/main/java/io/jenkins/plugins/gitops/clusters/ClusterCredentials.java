package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.ExtensionList;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Credentials of every kind that an API server takes, as the engine wants them. */
final class ClusterCredentials {

    /** No kubeconfig of a person or a service account is as large, and no file of keys. */
    private static final int MAX_FILE = 1 << 20;

    private ClusterCredentials() {}

    /** Whether a credential is of a kind that is good for a cluster, and may be used by jobs. */
    static boolean fits(Credentials credentials) {
        return credentials.getScope() != CredentialsScope.SYSTEM
                && (credentials instanceof FileCredentials
                        || credentials instanceof StringCredentials
                        || credentials instanceof StandardCertificateCredentials
                        || credentials instanceof StandardUsernamePasswordCredentials
                        || converter(credentials).isPresent());
    }

    private static Optional<CredentialsConverter> converter(Credentials credentials) {
        return ExtensionList.lookup(CredentialsConverter.class).stream()
                .filter(converter -> converter.converts(credentials))
                .findFirst();
    }

    /** @throws AbortException if the file is larger than any that is meant to be used here */
    static String text(FileCredentials credentials) throws IOException {
        try (InputStream content = credentials.getContent()) {
            byte[] bytes = content.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new AbortException(Messages.ClusterCredentials_tooLarge(credentials.getId()));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * The cluster of a kubeconfig's current context.
     *
     * @throws AbortException if the kubeconfig is refused
     */
    static ClusterAccess kubeconfig(FileCredentials credentials) throws IOException {
        String id = credentials.getId();
        try {
            return Kubeconfig.parse(Messages.ClusterCredentials_name(id), text(credentials))
                    .access(null);
        } catch (BadInputException e) {
            throw new AbortException(e.getMessage());
        } catch (ClusterException e) {
            throw failure(e);
        }
    }

    /**
     * A cluster by its URL.
     *
     * @param caCertificate PEM; {@code null} for the authorities that Java trusts
     * @throws AbortException if the URL is refused, or the credential is of another kind
     */
    static ClusterAccess at(String server, String caCertificate, StandardCredentials credentials) throws IOException {
        ClusterAccess access = server(server).caCertificate(caCertificate);
        if (credentials instanceof StringCredentials token) {
            return access.token(token.getSecret().getPlainText());
        }
        if (credentials instanceof StandardCertificateCredentials certificate) {
            ClientCertificate pem = ClientCertificate.of(certificate);
            return access.clientCertificate(pem.certificates(), pem.key());
        }
        Optional<CredentialsConverter> converter = credentials instanceof FileCredentials
                // A kubeconfig is read by nobody else: others run the programs that it names.
                ? Optional.empty()
                : converter(credentials);
        if (converter.isPresent()) {
            return converter.get().convert(credentials, access);
        }
        if (credentials instanceof StandardUsernamePasswordCredentials user) {
            return access.basic(user.getUsername(), user.getPassword().getPlainText());
        }
        throw new AbortException(Messages.ClusterCredentials_otherKind(credentials.getId()));
    }

    /** @throws AbortException if the URL is refused */
    static ClusterAccess server(String url) throws AbortException {
        try {
            return new ClusterAccess(url);
        } catch (ClusterException e) {
            throw failure(e);
        }
    }

    private static AbortException failure(ClusterException e) {
        return new AbortException(e.advice().isEmpty() ? e.getMessage() : e.getMessage() + "; " + e.advice());
    }
}
