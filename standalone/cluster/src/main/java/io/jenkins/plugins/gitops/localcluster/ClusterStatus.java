package io.jenkins.plugins.gitops.localcluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What stands in a control plane's directory at one moment.
 *
 * @param state all in one word
 * @param dir the directory that was asked about
 * @param server the API server's URL; {@code null} where {@code state} is {@code ABSENT}
 * @param kubeconfig the administrator's kubeconfig; {@code null} where {@code state} is {@code ABSENT}
 * @param version the API server's version, empty before it first was ready; {@code null} where {@code state} is
 *     {@code ABSENT}
 * @param controllers whether it was last started with controllers
 * @param components its processes, in the order in which they start; empty where {@code state} is {@code ABSENT}
 */
public record ClusterStatus(
        State state,
        Path dir,
        URI server,
        Path kubeconfig,
        String version,
        boolean controllers,
        List<Component> components) {

    /** From nothing to all is well. */
    public enum State {
        /** There is no control plane in that directory. */
        ABSENT,
        /** There is data, and no process runs. */
        STOPPED,
        /** Some processes run and others ended, or the API server does not answer that it is ready. */
        DEGRADED,
        /** Every process runs and the API server answers that it is ready. */
        RUNNING
    }

    /**
     * One process of the control plane.
     *
     * @param name the binary's name, such as {@code kube-apiserver}
     * @param running whether the process that was started still runs
     * @param pid its process id; 0 where it does not run
     * @param log the file it writes to
     */
    public record Component(String name, boolean running, long pid, Path log) {}

    public ClusterStatus {
        components = List.copyOf(components);
    }

    public boolean running() {
        return state == State.RUNNING;
    }
}
