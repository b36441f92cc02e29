package io.jenkins.plugins.gitops.localcluster;

import io.jenkins.plugins.gitops.localcluster.ClusterStatus.Component;
import io.jenkins.plugins.gitops.localcluster.ClusterStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
     * A control plane that runs with controllers keeps them, asked for or not. If starting fails or is interrupted,
     * what was started is ended again.
     *
     * @param dir where the control plane lives; made if absent
     * @throws ControlPlaneException if the binaries cannot be had, the directory holds something else, or a process
     *     does not become ready; the message quotes the end of its log
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public static RunningCluster up(Path dir, Options options, Progress progress) throws InterruptedException {
        Platform.current().requireSupported();
        ClusterDirectory directory = ClusterDirectory.prepare(dir);
        try (ExclusiveLock lock = lock(directory, progress)) {
            ClusterDirectory.prepare(dir);
            Optional<ClusterRecord> before = ClusterRecord.read(directory);
            if (before.isPresent() && isRunning(directory, before.get(), options.controllers())) {
                progress.line("already running: " + before.get().server());
                restoreKubeconfig(directory, before.get());
                return describe(directory, before.get(), true);
            }
            return describe(directory, start(directory, before, options, progress), false);
        }
    }

    /** People remove kubeconfigs. */
    private static void restoreKubeconfig(ClusterDirectory directory, ClusterRecord record) {
        if (!Files.exists(directory.kubeconfig())) {
            try {
                Pki.of(directory).writeKubeconfigs(record.server());
            } catch (IOException e) {
                throw new ControlPlaneException(
                        "cannot write " + directory.kubeconfig() + ": " + Failures.reason(e), e);
            }
        }
    }

    private static ClusterRecord start(
            ClusterDirectory directory, Optional<ClusterRecord> before, Options options, Progress progress)
            throws InterruptedException {
        boolean anyRuns =
                before.isPresent() && !running(directory, before.get()).isEmpty();
        boolean controllers = options.controllers() || anyRuns && before.get().controllers();
        ControlPlaneBinaries binaries = ControlPlaneBinaries.find(options.withControllers(controllers), progress);
        Heartbeat start = new Heartbeat(progress, "");
        if (anyRuns && before.get().controllers() && coreIsReady(directory, before.get())) {
            ClusterRecord record = launcher(directory, binaries, progress).launchMissingControllers(before.get());
            progress.line("ready again: " + record.server() + " (" + start.elapsed() + ")");
            return record;
        }
        if (anyRuns) {
            progress.line(
                    before.get().controllers() == controllers
                            ? "a part of the control plane ended; starting all of it anew"
                            : "starting anew, with controllers");
            end(directory, before.get(), progress);
        }
        ClusterRecord wanted = new ClusterRecord(
                directory.root().toString(),
                before.map(ClusterRecord::version).orElse(""),
                before.map(ClusterRecord::serverPort).orElse(0),
                before.map(ClusterRecord::etcdPort).orElse(0),
                controllers);
        ClusterRecord record = launcher(directory, binaries, progress).launchAll(wanted);
        progress.line("ready: " + record.server() + ", Kubernetes " + record.version() + " (" + start.elapsed() + ")");
        return record;
    }

    private static Launcher launcher(ClusterDirectory directory, ControlPlaneBinaries binaries, Progress progress) {
        return new Launcher(directory, binaries, Launcher.Lifetime.DETACHED, progress);
    }

    /**
     * Ends the processes of the control plane in that directory, and no other; the data stays for the next {@link
     * #up}.
     *
     * @return whether a process was there to end
     * @throws ControlPlaneException if a process does not end
     */
    public static boolean down(Path dir, Progress progress) throws InterruptedException {
        ClusterDirectory directory = ClusterDirectory.at(dir);
        if (ClusterRecord.read(directory).isEmpty()) {
            return false;
        }
        try (ExclusiveLock lock = lock(directory, progress)) {
            Optional<ClusterRecord> record = ClusterRecord.read(directory);
            return record.isPresent() && end(directory, record.get(), progress);
        }
    }

    /**
     * Like {@link #down}, then removes what the control plane put into that directory, its data too.
     *
     * @throws ControlPlaneException if a process does not end, or a file cannot be removed
     */
    public static void delete(Path dir, Progress progress) throws InterruptedException {
        ClusterDirectory directory = ClusterDirectory.at(dir);
        if (!directory.exists()) {
            return;
        }
        try (ExclusiveLock lock = lock(directory, progress)) {
            Optional<ClusterRecord> record = ClusterRecord.read(directory);
            if (record.isPresent()) {
                end(directory, record.get(), progress);
            }
            directory.delete();
        } catch (IOException e) {
            throw new ControlPlaneException("cannot remove " + directory.root() + ": " + Failures.reason(e), e);
        }
    }

    /**
     * What stands in that directory now; changes nothing. Answers within about 2 seconds.
     *
     * @throws ControlPlaneException if the directory's record cannot be read
     */
    public static ClusterStatus status(Path dir) throws InterruptedException {
        ClusterDirectory directory = ClusterDirectory.at(dir);
        Optional<ClusterRecord> found = ClusterRecord.read(directory);
        if (found.isEmpty()) {
            return new ClusterStatus(State.ABSENT, directory.root(), null, null, null, false, List.of());
        }
        ClusterRecord record = found.get();
        Components components = Components.of(directory, record);
        List<Component> states = new ArrayList<>();
        for (Binary binary : Components.all(record.controllers())) {
            Optional<ProcessHandle> process = components.daemon(binary).process();
            states.add(new Component(
                    binary.fileName(),
                    process.isPresent(),
                    process.map(ProcessHandle::pid).orElse(0L),
                    directory.log(binary)));
        }
        State state = State.DEGRADED;
        if (states.stream().noneMatch(Component::running)) {
            state = State.STOPPED;
        } else if (states.stream().allMatch(Component::running) && answers(directory, record)) {
            state = State.RUNNING;
        }
        return new ClusterStatus(
                state,
                directory.root(),
                record.server(),
                directory.kubeconfig(),
                record.version(),
                record.controllers(),
                states);
    }

    private static ExclusiveLock lock(ClusterDirectory directory, Progress progress) throws InterruptedException {
        return ExclusiveLock.take(directory.lock(), "another command on " + directory.root(), progress);
    }

    private static boolean isRunning(ClusterDirectory directory, ClusterRecord record, boolean controllers)
            throws InterruptedException {
        return (record.controllers() || !controllers)
                && running(directory, record).equals(Components.all(record.controllers()))
                && answers(directory, record);
    }

    private static boolean coreIsReady(ClusterDirectory directory, ClusterRecord record) throws InterruptedException {
        return running(directory, record).containsAll(Components.all(false)) && answers(directory, record);
    }

    private static List<Binary> running(ClusterDirectory directory, ClusterRecord record) {
        Components components = Components.of(directory, record);
        return Components.all(true).stream()
                .filter(binary -> components.daemon(binary).isRunning())
                .toList();
    }

    private static boolean answers(ClusterDirectory directory, ClusterRecord record) throws InterruptedException {
        if (!Files.isDirectory(directory.pki())) {
            return false;
        }
        Pki pki = Pki.of(directory);
        try {
            return new ApiClient(record.server(), pki.authority(), pki.admin())
                    .get("/readyz")
                    .ok();
        } catch (IOException e) {
            return false;
        }
    }

    /** The controllers first, then the API server, then the data beneath it. */
    private static boolean end(ClusterDirectory directory, ClusterRecord record, Progress progress)
            throws InterruptedException {
        Components components = Components.of(directory, record);
        List<Binary> running = new ArrayList<>(running(directory, record));
        Collections.reverse(running);
        for (Binary binary : running) {
            progress.line("ending " + binary.fileName());
            // Without its data beneath, an API server would wait for answers that never come.
            boolean patiently = binary != Binary.KUBE_APISERVER || running.contains(Binary.ETCD);
            components.daemon(binary).end(patiently);
        }
        return !running.isEmpty();
    }

    private static RunningCluster describe(ClusterDirectory directory, ClusterRecord record, boolean alreadyRunning) {
        return new RunningCluster(
                directory.root(),
                record.server(),
                directory.kubeconfig(),
                record.version(),
                record.controllers(),
                alreadyRunning);
    }
}
