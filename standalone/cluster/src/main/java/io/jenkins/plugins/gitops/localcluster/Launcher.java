package io.jenkins.plugins.gitops.localcluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a control plane's processes, each when the one that it needs is ready. Ends what it started where that does
 * not succeed.
 */
final class Launcher {
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PORT_ATTEMPTS = 5;
    private static final long POLL_MILLIS = 25;

    private final ClusterDirectory directory;
    private final ControlPlaneBinaries binaries;
    private final Lifetime lifetime;
    private final Progress progress;
    private final Components components;
    private final Pki pki;
    private final List<Daemon> started = new ArrayList<>();
    private boolean abandoned;

    /** For how long a control plane is there. */
    enum Lifetime {
        /** Until it is ended or the machine goes down; its data for longer. */
        DETACHED,
        /** No longer than this JVM. */
        TEST
    }

    Launcher(ClusterDirectory directory, ControlPlaneBinaries binaries, Lifetime lifetime, Progress progress) {
        this.directory = directory;
        this.binaries = binaries;
        this.lifetime = lifetime;
        this.progress = progress;
        this.components = Components.in(directory);
        this.pki = Pki.of(directory);
    }

    /** One of two parties took the port that we had found free. */
    private static final class PortTakenException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Starts all of it.
     *
     * @param wanted the ports of the last time, and whether controllers are wanted
     * @return what runs now
     */
    ClusterRecord launchAll(ClusterRecord wanted) throws InterruptedException {
        return guarded(() -> {
            ClusterRecord core = launchCore(wanted);
            if (core.controllers()) {
                launchControllers(core, Components.all(true));
            }
            return core;
        });
    }

    /** Starts those controllers that do not run, of a control plane whose API server does. */
    ClusterRecord launchMissingControllers(ClusterRecord running) throws InterruptedException {
        return guarded(() -> {
            pki.writeKubeconfigs(running.server());
            List<Binary> missing = Components.all(true).stream()
                    .filter(binary -> !components.daemon(binary).isRunning())
                    .toList();
            launchControllers(running, missing);
            return running;
        });
    }

    @FunctionalInterface
    private interface Launch {
        ClusterRecord run() throws IOException, InterruptedException;
    }

    private ClusterRecord guarded(Launch launch) throws InterruptedException {
        Thread hook = new Thread(this::abandon, "end of a half-started control plane");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean done = false;
        try {
            ClusterRecord record = launch.run();
            done = true;
            return record;
        } catch (IOException e) {
            throw new ControlPlaneException(
                    "cannot start a control plane in " + directory.root() + ": " + Failures.reason(e), e);
        } finally {
            if (!done) {
                abandon();
            }
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending and the hook does its work.
            }
        }
    }

    private ClusterRecord launchCore(ClusterRecord wanted) throws IOException, InterruptedException {
        int serverPort = wanted.serverPort();
        int etcdPort = wanted.etcdPort();
        for (int attempt = 1; ; attempt++) {
            ClusterRecord record = new ClusterRecord(
                    directory.root().toString(),
                    wanted.version(),
                    Ports.free(serverPort),
                    Ports.free(etcdPort),
                    wanted.controllers());
            record.write(directory);
            try {
                launchEtcd(record);
                return launchApiServer(record);
            } catch (PortTakenException e) {
                components.daemon(Binary.KUBE_APISERVER).end(false);
                components.daemon(Binary.ETCD).end(false);
                if (attempt == PORT_ATTEMPTS) {
                    throw new ControlPlaneException("every port that was found free was taken a moment later, "
                            + attempt + " times; see " + directory.logs());
                }
                serverPort = 0;
                etcdPort = 0;
            }
        }
    }

    private void launchEtcd(ClusterRecord record) throws IOException, InterruptedException, PortTakenException {
        // An etcd that was killed while it made its first data never elects itself again. Nothing is in that data yet.
        if (!Files.exists(directory.usable())) {
            OwnFiles.delete(directory.etcdData());
        }
        Daemon etcd = start(Binary.ETCD, components.etcd(record.etcdPort(), lifetime == Lifetime.DETACHED));
        await(etcd, () -> Ports.accepts(record.etcdPort()));
    }

    private ClusterRecord launchApiServer(ClusterRecord record)
            throws IOException, InterruptedException, PortTakenException {
        pki.writeKubeconfigs(record.server());
        Daemon daemon = start(
                Binary.KUBE_APISERVER,
                components.apiServer(record.serverPort(), record.etcdPort(), record.controllers()));
        ApiClient api = client(record);
        // It calls itself ready a moment before the first namespace is there.
        await(
                daemon,
                () -> api.get("/readyz").ok()
                        && api.get("/api/v1/namespaces/default").ok());
        OwnFiles.write(directory.usable(), "");
        String version = new ObjectMapper()
                .readTree(api.get("/version").body())
                .path("gitVersion")
                .asText();
        ClusterRecord ready =
                new ClusterRecord(record.home(), version, record.serverPort(), record.etcdPort(), record.controllers());
        ready.write(directory);
        return ready;
    }

    private void launchControllers(ClusterRecord record, List<Binary> binaries)
            throws IOException, InterruptedException {
        ApiClient api = client(record);
        SimulatedNodes nodes = new SimulatedNodes(api);
        nodes.writeStages(directory.stages());
        List<Daemon> controllers = new ArrayList<>();
        for (Binary binary : binaries) {
            if (Binary.controllers().contains(binary)) {
                controllers.add(start(binary, components.controller(binary)));
            }
        }
        nodes.create();
        try {
            for (Daemon controller : controllers) {
                await(controller, nodes::ready);
            }
        } catch (PortTakenException e) {
            throw new IOException("a controller listens where none should", e);
        }
    }

    private Daemon start(Binary binary, List<String> arguments) throws IOException {
        progress.line("starting " + binary.fileName());
        synchronized (started) {
            if (abandoned) {
                throw new ControlPlaneException("ended while " + binary.fileName() + " was to be started");
            }
            Daemon daemon = components.daemon(binary);
            started.add(daemon);
            daemon.start(binaries.path(binary), arguments, directory.run(), lifetime == Lifetime.TEST);
            return daemon;
        }
    }

    /** Ends what was started, and starts nothing more. */
    private void abandon() {
        synchronized (started) {
            abandoned = true;
            started.forEach(Daemon::kill);
        }
    }

    private ApiClient client(ClusterRecord record) throws IOException {
        return new ApiClient(record.server(), pki.authority(), pki.admin());
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void await(Daemon daemon, Condition ready) throws InterruptedException, PortTakenException {
        String name = daemon.binary().fileName();
        Heartbeat heartbeat = new Heartbeat(progress, "waiting for " + name, USUAL);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            // Asked first: what answers on the port of a process that has ended is not ours.
            boolean running = daemon.isRunning();
            if (!running && String.join(" ", LogTail.of(daemon.log(), 20)).contains("address already in use")) {
                throw new PortTakenException();
            }
            if (!running) {
                throw new ControlPlaneException(name + " ended while it was starting; the end of " + daemon.log()
                        + ":\n  " + String.join("\n  ", LogTail.of(daemon.log(), 8)));
            }
            if (ready.holds()) {
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new ControlPlaneException(name + " was not ready within " + LIMIT.toSeconds()
                        + " s; the end of " + daemon.log() + ":\n  "
                        + String.join("\n  ", LogTail.of(daemon.log(), 8)));
            }
            heartbeat.beat();
            Thread.sleep(POLL_MILLIS);
        }
    }
}
