package io.jenkins.plugins.gitops.localcluster;

import java.net.URI;
import java.nio.file.Path;

/**
 * A control plane for tests: started once per JVM, shared by every test in it, gone when the JVM is gone, however it
 * ends. Its data is in a temporary directory and is not synced to disk. Tests keep apart by namespaces.
 */
public final class TestCluster {
    private TestCluster() {}

    /** An API server without controllers: nothing creates Pods for a Deployment, and no object changes by itself. */
    public static TestCluster get() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** A cluster of its own with controllers and three simulated nodes, on which workloads become available. */
    public static TestCluster withControllers() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** {@code https://127.0.0.1:<port>}. */
    public URI server() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** A cluster administrator's kubeconfig, everything embedded. */
    public Path kubeconfig() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The kubectl that belongs to this API server. */
    public Path kubectl() {
        throw new UnsupportedOperationException("not built yet");
    }
}
