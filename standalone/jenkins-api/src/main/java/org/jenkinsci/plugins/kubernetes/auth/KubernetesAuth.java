package org.jenkinsci.plugins.kubernetes.auth;

import io.fabric8.kubernetes.client.ConfigBuilder;

/** What a credential says to an API server. */
public interface KubernetesAuth {
    ConfigBuilder decorate(ConfigBuilder builder, KubernetesAuthConfig config) throws KubernetesAuthException;
}
