package io.jenkins.plugins.gitops.engine.reliability;

import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A sync in a process of its own, which waits to be told which app, and can be killed. */
final class SyncProcess implements AutoCloseable {

    private static final String READY = "ready";
    private static final String END = "end: ";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> read = new ArrayList<>();

    private SyncProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(() -> {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // It was killed.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process that is ready to sync.
     *
     * @param namespace the home of the apps
     */
    static SyncProcess start(Path kubeconfig, Path repository, String namespace, Path cache) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SyncProcess.class.getName(),
                kubeconfig.toString(),
                repository.toString(),
                namespace,
                cache.toString());
        return new SyncProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    void awaitReady() throws InterruptedException {
        for (String line = next(120); !line.equals(READY); line = next(120)) {}
    }

    /** Tells it to begin. */
    void sync(String app) throws IOException {
        process.getOutputStream().write((app + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private String next(int seconds) throws InterruptedException {
        String line = lines.poll(seconds, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the process says nothing more; so far: " + read);
        }
        read.add(line);
        return line;
    }

    /**
     * Waits until it has read Git, lets it work for a while, until it has said so many lines, or until it has ended,
     * whichever comes first, and kills it.
     *
     * @return how long it worked, in microseconds
     */
    long killAfter(long micros, int saidLines) throws InterruptedException {
        next(120);
        long begin = System.nanoTime();
        long deadline = begin + micros * 1_000;
        for (int said = 0; said < saidLines; said++) {
            long left = deadline - System.nanoTime();
            String line = left <= 0 ? null : lines.poll(left, TimeUnit.NANOSECONDS);
            if (line == null) {
                break;
            }
            read.add(line);
            if (line.startsWith(END)) {
                break;
            }
        }
        process.destroyForcibly();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it cannot be killed");
        }
        return (System.nanoTime() - begin) / 1_000;
    }

    /** Whether the sync had ended before the process was killed. */
    boolean hadEnded() {
        lines.drainTo(read);
        return read.stream().anyMatch(line -> line.startsWith(END));
    }

    /** What it said of its work before it ended, one line for each thing done. */
    List<String> said() {
        lines.drainTo(read);
        return read.stream()
                .filter(line -> !line.equals(READY) && !line.startsWith(END))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        ClusterAccess access = Kubeconfig.read(List.of(Path.of(arguments[0]))).access(null);
        Path repository = Path.of(arguments[1]);
        String namespace = arguments[2];
        GitOpsEngine engine = new GitOpsEngine(Path.of(arguments[3]));
        // A plan loads most classes: what is killed is a sync, and not the start of a virtual machine.
        engine.run(
                KillHarness.request(repository, KillHarness.APPS.get(0), namespace, Command.PLAN),
                access,
                ProgressListener.SILENT);
        System.out.println(READY);
        String app = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        Report report = engine.run(KillHarness.request(repository, app, namespace, Command.SYNC), access, new Lines());
        System.out.println(END + report.status() + " " + report.message());
    }

    /** One line for each thing done. */
    private static final class Lines implements ProgressListener {
        @Override
        public void message(String text) {
            System.out.println(text);
        }

        @Override
        public void warning(Problem warning) {}

        @Override
        public void object(ObjectId id, String done, String detail) {
            System.out.println(id + " " + done);
        }

        @Override
        public void waiting(int ready, int total, Duration elapsed, String next) {}
    }
}
