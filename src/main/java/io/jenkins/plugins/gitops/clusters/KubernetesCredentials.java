package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;
import org.jenkinsci.plugins.kubernetes.auth.impl.KubernetesAuthKubeconfig;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** What the Kubernetes Credentials plugin makes of the credentials of cloud providers and the like. */
@OptionalExtension(requirePlugins = {"kubernetes-credentials", "authentication-tokens"})
public final class KubernetesCredentials extends CredentialsConverter {

    @Override
    boolean converts(Credentials credentials) {
        return AuthenticationTokens.matcher(KubernetesAuth.class).matches(credentials);
    }

    @Override
    ClusterAccess convert(StandardCredentials credentials, ClusterAccess access) throws IOException {
        KubernetesAuth auth = AuthenticationTokens.convert(KubernetesAuth.class, credentials);
        if (auth == null || auth instanceof KubernetesAuthKubeconfig) {
            throw new AbortException(Messages.ClusterCredentials_otherKind(credentials.getId()));
        }
        Config config;
        try {
            // An empty Config reads no file, environment or service account of the controller.
            config = auth.decorate(
                            new ConfigBuilder(Config.empty()),
                            new KubernetesAuthConfig(access.server(), access.caCertificate(), false))
                    .build();
        } catch (KubernetesAuthException e) {
            throw new IOException(Messages.KubernetesCredentials_failed(credentials.getId()), e);
        }
        if (config.getOauthToken() != null) {
            return access.token(config.getOauthToken());
        }
        if (config.getClientCertData() != null) {
            return access.clientCertificate(text(config.getClientCertData()), text(config.getClientKeyData()));
        }
        return access.basic(config.getUsername(), config.getPassword());
    }

    private static String text(String base64) {
        return base64 == null ? null : new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.US_ASCII);
    }
}
