package io.jenkins.plugins.gitops.localcluster;

import java.net.URI;
import java.nio.file.Path;

/**
 * A control plane that answers.
 *
 * @param dir where its data, keys and logs are
 * @param server the API server's URL, {@code https://127.0.0.1:<port>}
 * @param kubeconfig a kubeconfig of a cluster administrator, with everything embedded, readable by its owner only
 * @param version the API server's version, such as {@code v1.36.3}
 * @param controllers whether kube-controller-manager, kube-scheduler and KWOK run too
 * @param alreadyRunning whether nothing had to be started
 */
public record RunningCluster(
        Path dir, URI server, Path kubeconfig, String version, boolean controllers, boolean alreadyRunning) {}
