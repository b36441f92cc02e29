package io.jenkins.plugins.gitops.localcluster;

import java.nio.file.Path;

/**
 * A control plane that lives in a directory and outlives the command that started it: etcd and kube-apiserver on
 * loopback and, where asked, kube-controller-manager, kube-scheduler and KWOK. Several stand side by side in different
 * directories. Works on Linux and macOS.
 *
 * <p>The directory holds {@code kubeconfig}, {@code cluster.json} (ports, version), {@code run/} (process ids), {@code
 * logs/}, {@code pki/} (keys) and {@code etcd/} (the data). Commands on one directory wait for each other.
 */
public final class LocalControlPlane {
    private LocalControlPlane() {}

    /**
     * Starts what does not run yet and waits until the API server is ready (with controllers: until its nodes are
     * ready too). A directory that was used before keeps its objects, keys and, where they are still free, its ports.
     * If it fails or is interrupted, what it started is ended again.
     *
     * @param dir where the control plane lives; made if absent
     * @throws ControlPlaneException if the binaries cannot be had, the directory holds something else, or a process
     *     does not become ready; the message quotes the end of its log
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public static RunningCluster up(Path dir, Options options, Progress progress) throws InterruptedException {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Ends the processes of the control plane in that directory, and no other; the data stays for the next {@link
     * #up}.
     *
     * @return whether a process was there to end
     * @throws ControlPlaneException if a process does not end
     */
    public static boolean down(Path dir, Progress progress) throws InterruptedException {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Like {@link #down}, then removes what the control plane put into that directory, its data too. */
    public static void delete(Path dir, Progress progress) throws InterruptedException {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What stands in that directory now; changes nothing. Answers within about 2 seconds. */
    public static ClusterStatus status(Path dir) {
        throw new UnsupportedOperationException("not built yet");
    }
}
