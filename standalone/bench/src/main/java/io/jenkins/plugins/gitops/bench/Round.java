package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Every subject and scenario once, on one API server. Each subject has its own copy of the repository in namespaces of
 * its own, so each sees the cluster with the others' objects in it.
 */
final class Round {

    /** A larger repository is synced once only: several times as many objects are another cluster. */
    private static final int LARGEST_TWICE = 5_000;

    private static final int TURNS = 3;

    private static final int WARM_UP = 100;

    /** So often that the raw client's code is compiled as well as it ever is. */
    private static final int WARM_UP_RUNS = 150;

    private static final List<String> RAW_OPTIONS = List.of("-Xmx2g");

    private final int size;
    private final int number;
    private final Path work;
    private final Path kubeconfig;
    private final Path kubectl;
    private final List<String> jvmOptions;
    private final Server server;
    private final Consumer<Measurement> results;
    private Repository warmUp;

    /**
     * @param work an empty folder for repositories and logs
     * @param kubectl the program; {@code null} to leave it out
     */
    Round(
            int size,
            int number,
            Path work,
            Path kubeconfig,
            Path kubectl,
            List<String> jvmOptions,
            Server server,
            Consumer<Measurement> results) {
        this.size = size;
        this.number = number;
        this.work = work;
        this.kubeconfig = kubeconfig;
        this.kubectl = kubectl;
        this.jvmOptions = jvmOptions;
        this.server = server;
        this.results = results;
    }

    void run(Set<Subject> subjects) throws IOException, InterruptedException {
        warmUp();
        // The more objects there are, the slower the server: each takes its turn as the first.
        for (int turn = 0; turn < TURNS; turn++) {
            switch ((number - 1 + turn) % TURNS) {
                case 0 -> engine(subjects);
                case 1 -> raw(subjects);
                default -> kubectl(subjects);
            }
        }
    }

    private void engine(Set<Subject> subjects) throws IOException, InterruptedException {
        if (subjects.contains(Subject.COLD) || subjects.contains(Subject.WARM)) {
            engine();
        }
    }

    private void raw(Set<Subject> subjects) throws IOException, InterruptedException {
        if (size > LARGEST_TWICE) {
            return;
        }
        if (subjects.contains(Subject.RAW)) {
            raw();
        }
        if (subjects.contains(Subject.RAW_COLD)) {
            rawCold();
        }
    }

    private void kubectl(Set<Subject> subjects) throws IOException, InterruptedException {
        if (subjects.contains(Subject.KUBECTL) && kubectl != null) {
            kubectl();
        }
    }

    /** A server that has only just started is slower for whoever comes first. */
    private void warmUp() throws IOException {
        warmUp = Repository.generate(work.resolve("warm-up"), "w", WARM_UP);
        try (WorkerProcess jvm = rawJvm(RAW_OPTIONS)) {
            jvm.run("sync", warmUp);
        }
    }

    private void engine() throws IOException, InterruptedException {
        Repository repository = Repository.generate(work.resolve("engine"), "e", size);
        try (WorkerProcess jvm = engineJvm()) {
            measure(Scenario.FIRST, Subject.COLD, jvm, "sync", repository);
            if (size <= LARGEST_TWICE) {
                Repository another = Repository.generate(work.resolve("another"), "f", size);
                measure(Scenario.FIRST, Subject.WARM, jvm, "sync", another);
            }
        }
        try (WorkerProcess jvm = engineJvm()) {
            expect(Set.of(), measure(Scenario.NOOP, Subject.COLD, jvm, "sync", repository));
            expect(Set.of(), measure(Scenario.NOOP, Subject.WARM, jvm, "sync", repository));
        }
        // As a trigger does it every few minutes: the first probe is the one that has nothing to go on from.
        try (WorkerProcess jvm = engineJvm()) {
            expect(Set.of(), measure(Scenario.PROBE_FIRST, Subject.COLD, jvm, "probe", repository));
        }
        Set<String> changed = HandEdits.make(server, repository, size / 100);
        try (WorkerProcess probing = engineJvm();
                WorkerProcess drifting = engineJvm()) {
            expect(changed, measure(Scenario.DRIFT, Subject.COLD, drifting, "drift", repository));
            expect(changed, measure(Scenario.DRIFT, Subject.WARM, drifting, "drift", repository));
            expect(changed, measure(Scenario.PROBE, Subject.COLD, probing, "probe", repository));
            expect(changed, measure(Scenario.PROBE, Subject.WARM, probing, "probe", repository));
            try (WorkerProcess healing = engineJvm()) {
                measure(Scenario.HEAL, Subject.COLD, healing, "sync", repository);
            }
            HandEdits.make(server, repository, size / 100);
            measure(Scenario.HEAL, Subject.WARM, drifting, "sync", repository);
            expect(Set.of(), drifting.run("drift", repository));
        }
        repository.remove(size / 10);
        try (WorkerProcess jvm = engineJvm()) {
            measure(Scenario.PRUNE, Subject.COLD, jvm, "sync", repository);
        }
    }

    private WorkerProcess engineJvm() throws IOException {
        return WorkerProcess.start(EngineMain.class, jvmOptions, kubeconfig, work.resolve("cache"));
    }

    private WorkerProcess rawJvm(List<String> options) throws IOException {
        return WorkerProcess.start(RawMain.class, options, kubeconfig);
    }

    private JsonNode measure(
            Scenario scenario, Subject subject, WorkerProcess jvm, String command, Repository repository)
            throws IOException, InterruptedException {
        ServerMetrics before = ServerMetrics.read(server);
        Proc.awaitIdle();
        JsonNode answer = jvm.run(command, repository);
        ServerMetrics used = ServerMetrics.read(server).since(before);
        results.accept(new Measurement(
                size,
                number,
                scenario,
                subject,
                answer.path("wallMillis").asLong(),
                subject == Subject.COLD || subject == Subject.RAW_COLD ? jvm.startMillis() : 0,
                answer.path("cpuMillis").asLong(),
                answer.path("peakKiB").asLong(),
                used.requests(),
                used.readBytes(),
                answer.path("answerBytes").asLong()));
        return answer;
    }

    /** A fast wrong answer is no answer. */
    private static void expect(Set<String> changed, JsonNode answer) {
        Set<String> found = new TreeSet<>();
        answer.path("differing").forEach(id -> found.add(id.asText()));
        if (!found.equals(new TreeSet<>(changed))) {
            Set<String> missed = new TreeSet<>(changed);
            missed.removeAll(found);
            Set<String> wrong = new TreeSet<>(found);
            wrong.removeAll(changed);
            throw new IllegalStateException("the engine did not find exactly the " + changed.size()
                    + " changed objects: missed " + missed + ", wrongly named " + wrong);
        }
    }

    private void raw() throws IOException, InterruptedException {
        Repository repository = Repository.generate(work.resolve("raw"), "r", size);
        try (WorkerProcess jvm = rawJvm(RAW_OPTIONS)) {
            for (int i = 0; i < WARM_UP_RUNS; i++) {
                jvm.run("dry-run", warmUp);
            }
            measure(Scenario.FIRST, Subject.RAW, jvm, "sync", repository);
            measure(Scenario.NOOP, Subject.RAW, jvm, "dry-run", repository);
            measure(Scenario.DRIFT, Subject.RAW, jvm, "dry-run", repository);
            measure(Scenario.HEAL, Subject.RAW, jvm, "heal", repository);
            measure(Scenario.PRUNE, Subject.RAW, jvm, "prune", repository);
        }
    }

    private void rawCold() throws IOException, InterruptedException {
        try (WorkerProcess jvm = rawJvm(jvmOptions)) {
            Repository repository = Repository.generate(work.resolve("raw-cold"), "s", size);
            measure(Scenario.FIRST, Subject.RAW_COLD, jvm, "sync", repository);
        }
    }

    private void kubectl() throws IOException, InterruptedException {
        Repository repository = Repository.generate(work.resolve("kubectl"), "k", size);
        Kubectl tool = new Kubectl(kubectl, kubeconfig, work.resolve("kubectl.log"));
        Path apps = repository.directory().resolve("apps");
        // kubectl looks kinds up before it applies any of them: a custom resource's must be there.
        tool.apply(apps.resolve("definitions"));
        measure(Scenario.FIRST, () -> tool.apply(apps));
        measure(Scenario.NOOP, () -> tool.apply(apps));
        HandEdits.make(server, repository, size / 100);
        measure(Scenario.DRIFT, () -> tool.diff(apps));
        measure(Scenario.HEAL, () -> tool.apply(apps));
        Path removed = work.resolve("removed");
        List<Path> gone = new ArrayList<>(repository.files().subList(size - size / 10, size));
        for (Path file : gone) {
            Path copy = removed.resolve(apps.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        repository.remove(size / 10);
        measure(Scenario.PRUNE, () -> tool.apply(apps).plus(tool.delete(removed)));
    }

    /** What is measured of kubectl. */
    @FunctionalInterface
    private interface Runs {
        Kubectl.Usage run() throws IOException, InterruptedException;
    }

    private void measure(Scenario scenario, Runs runs) throws IOException, InterruptedException {
        ServerMetrics before = ServerMetrics.read(server);
        Proc.awaitIdle();
        Kubectl.Usage usage = runs.run();
        ServerMetrics counted = ServerMetrics.read(server).since(before);
        results.accept(new Measurement(
                size,
                number,
                scenario,
                Subject.KUBECTL,
                usage.wallMillis(),
                0,
                usage.cpuMillis(),
                usage.peakKiB(),
                counted.requests(),
                counted.readBytes(),
                0));
    }
}
