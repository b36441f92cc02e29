package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where things are in a control plane's directory.
 *
 * @param root absolute, without symbolic links, so that the command lines of its processes are the same however the
 *     user writes the path
 */
record ClusterDirectory(Path root) {
    private static final Set<String> OURS = Set.of("kubeconfig", "cluster.json", "run", "logs", "pki", "etcd");

    /** The directory as it is; changes nothing. */
    static ClusterDirectory at(Path dir) {
        Path absolute = dir.toAbsolutePath().normalize();
        try {
            return new ClusterDirectory(absolute.toRealPath());
        } catch (IOException e) {
            return new ClusterDirectory(absolute);
        }
    }

    /**
     * Makes the directory, or makes sure that it is a control plane's.
     *
     * @throws ControlPlaneException if it holds other things, which {@code delete} would otherwise endanger
     */
    static ClusterDirectory prepare(Path dir) {
        try {
            ClusterDirectory directory = new ClusterDirectory(
                    OwnFiles.makeDirectory(dir.toAbsolutePath()).toRealPath());
            directory.refuseStrangers();
            for (Path part : List.of(directory.run(), directory.logs())) {
                OwnFiles.makeDirectory(part);
            }
            return directory;
        } catch (IOException e) {
            throw new ControlPlaneException("cannot use the directory " + dir + ": " + Failures.reason(e), e);
        }
    }

    private void refuseStrangers() throws IOException {
        Optional<String> stranger = stranger();
        if (!Files.exists(record()) && stranger.isPresent()) {
            throw new ControlPlaneException("the directory " + root + " holds other things, such as " + stranger.get()
                    + "; name an empty or a new directory for the control plane");
        }
    }

    private Optional<String> stranger() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !OURS.contains(name))
                    .findFirst();
        }
    }

    /** Whether it is a control plane's, be it one that never started. */
    boolean exists() {
        return Files.exists(record()) || Files.exists(lock());
    }

    Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    /** What {@link ClusterRecord} reads and writes. */
    Path record() {
        return root.resolve("cluster.json");
    }

    Path lock() {
        return run().resolve("lock");
    }

    Path run() {
        return root.resolve("run");
    }

    Path pidFile(Binary binary) {
        return run().resolve(binary.fileName() + ".pid");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(Binary binary) {
        return logs().resolve(binary.fileName() + ".log");
    }

    Path pki() {
        return root.resolve("pki");
    }

    Path pki(String file) {
        return pki().resolve(file);
    }

    /** There once the API server has been ready on the data of etcd. */
    Path usable() {
        return etcdData().resolve("usable");
    }

    Path etcdData() {
        return root.resolve("etcd");
    }

    /** A kubeconfig with which one of the controllers acts. */
    Path kubeconfig(Binary controller) {
        return pki(controller.fileName() + ".kubeconfig");
    }

    /** What KWOK plays on the simulated nodes. */
    Path stages() {
        return run().resolve("kwok.yaml");
    }

    /** Removes all that is ours and, where nothing else is in it, the directory. */
    void delete() throws IOException {
        for (String name : OURS) {
            OwnFiles.delete(root.resolve(name));
        }
        if (stranger().isEmpty()) {
            Files.delete(root);
        }
    }
}
