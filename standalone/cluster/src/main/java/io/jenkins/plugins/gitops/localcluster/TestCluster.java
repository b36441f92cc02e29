package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A control plane for tests: started once per JVM, shared by every test in it, gone when the JVM is gone, however it
 * ends. Its data is in a temporary directory and is not synced to disk. Tests keep apart by namespaces.
 *
 * <p>Where the binaries have to be built first, the first test waits for it; progress goes to standard error.
 */
public final class TestCluster {
    private static final Shared BARE = new Shared(false);
    private static final Shared WITH_CONTROLLERS = new Shared(true);

    private final ClusterDirectory directory;
    private final ClusterRecord record;
    private final ControlPlaneBinaries binaries;

    private TestCluster(ClusterDirectory directory, ClusterRecord record, ControlPlaneBinaries binaries) {
        this.directory = directory;
        this.record = record;
        this.binaries = binaries;
    }

    /**
     * An API server without controllers: nothing creates Pods for a Deployment, no object changes by itself, and a
     * deleted namespace stays in phase Terminating.
     *
     * @throws ControlPlaneException if it cannot be started; at every call, so that no test is left out in silence
     */
    public static TestCluster get() {
        return BARE.get();
    }

    /**
     * A cluster of its own with controllers and three simulated nodes, on which workloads become available.
     *
     * @throws ControlPlaneException as {@link #get}
     */
    public static TestCluster withControllers() {
        return WITH_CONTROLLERS.get();
    }

    /** {@code https://127.0.0.1:<port>}. */
    public URI server() {
        return record.server();
    }

    /** A cluster administrator's kubeconfig, everything embedded. */
    public Path kubeconfig() {
        return directory.kubeconfig();
    }

    /** The kubectl that belongs to this API server. */
    public Path kubectl() {
        return binaries.path(Binary.KUBECTL);
    }

    /** The API server's version, such as {@code v1.36.3}. */
    public String version() {
        return record.version();
    }

    private static TestCluster start(boolean controllers) throws IOException, InterruptedException {
        Platform.current().requireSupported();
        Progress progress = line -> System.err.println("[test cluster] " + line);
        ControlPlaneBinaries binaries =
                ControlPlaneBinaries.find(Options.defaults().withControllers(controllers), progress);
        Path temporary = Files.createTempDirectory("gitops-test-cluster-").toRealPath();
        Guardian.watch(temporary);
        ClusterDirectory directory = ClusterDirectory.prepare(temporary);
        ClusterRecord record = new Launcher(directory, binaries, Launcher.Lifetime.TEST, progress)
                .launchAll(new ClusterRecord(temporary.toString(), "", 0, 0, controllers));
        return new TestCluster(directory, record, binaries);
    }

    /** The one cluster of its kind, or why there is none: a second try would cost as much time and fail again. */
    private static final class Shared {
        private final boolean controllers;
        private TestCluster cluster;
        private ControlPlaneException failure;

        Shared(boolean controllers) {
            this.controllers = controllers;
        }

        synchronized TestCluster get() {
            if (cluster == null && failure == null) {
                try {
                    cluster = start(controllers);
                } catch (ControlPlaneException e) {
                    failure = e;
                } catch (IOException e) {
                    failure = new ControlPlaneException("no test cluster: " + Failures.reason(e), e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ControlPlaneException("interrupted while the test cluster was starting", e);
                }
            }
            if (failure != null) {
                throw new ControlPlaneException(failure.getMessage(), failure);
            }
            return cluster;
        }
    }
}
