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

    /** A larger repository is synced for the first time once only: twice as many objects are another cluster. */
    private static final int LARGEST_TWICE = 5_000;

    private final int size;
    private final int number;
    private final Path work;
    private final Path kubeconfig;
    private final Path kubectl;
    private final List<String> jvmOptions;
    private final Server server;
    private final Consumer<Measurement> results;

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
        if (subjects.contains(Subject.COLD) || subjects.contains(Subject.WARM)) {
            engine();
        }
        if (subjects.contains(Subject.RAW)) {
            raw();
        }
        if (subjects.contains(Subject.KUBECTL) && kubectl != null) {
            kubectl();
        }
    }

    private void engine() throws IOException {
        Repository repository = Repository.generate(work.resolve("engine"), "e", size);
        try (EngineProcess jvm = jvm()) {
            measure(Scenario.FIRST, Subject.COLD, jvm, "sync", repository);
            if (size <= LARGEST_TWICE) {
                Repository another = Repository.generate(work.resolve("another"), "f", size);
                measure(Scenario.FIRST, Subject.WARM, jvm, "sync", another);
            }
        }
        try (EngineProcess jvm = jvm()) {
            expect(Set.of(), measure(Scenario.NOOP, Subject.COLD, jvm, "sync", repository));
            expect(Set.of(), measure(Scenario.NOOP, Subject.WARM, jvm, "sync", repository));
        }
        // As a trigger does it every few minutes: the first probe is the one that has nothing to go on from.
        try (EngineProcess jvm = jvm()) {
            expect(Set.of(), measure(Scenario.PROBE_FIRST, Subject.COLD, jvm, "probe", repository));
        }
        Set<String> changed = HandEdits.make(server, repository, size / 100);
        try (EngineProcess probing = jvm();
                EngineProcess drifting = jvm()) {
            expect(changed, measure(Scenario.DRIFT, Subject.COLD, drifting, "drift", repository));
            expect(changed, measure(Scenario.DRIFT, Subject.WARM, drifting, "drift", repository));
            expect(changed, measure(Scenario.PROBE, Subject.COLD, probing, "probe", repository));
            expect(changed, measure(Scenario.PROBE, Subject.WARM, probing, "probe", repository));
            try (EngineProcess healing = jvm()) {
                measure(Scenario.HEAL, Subject.COLD, healing, "sync", repository);
            }
            HandEdits.make(server, repository, size / 100);
            measure(Scenario.HEAL, Subject.WARM, drifting, "sync", repository);
            expect(Set.of(), drifting.run("drift", repository));
        }
        repository.remove(size / 10);
        try (EngineProcess jvm = jvm()) {
            measure(Scenario.PRUNE, Subject.COLD, jvm, "sync", repository);
        }
    }

    private EngineProcess jvm() throws IOException {
        return EngineProcess.start(jvmOptions, kubeconfig, work.resolve("cache"));
    }

    private JsonNode measure(
            Scenario scenario, Subject subject, EngineProcess jvm, String command, Repository repository)
            throws IOException {
        ServerMetrics before = ServerMetrics.read(server);
        JsonNode answer = jvm.run(command, repository);
        ServerMetrics used = ServerMetrics.read(server).since(before);
        results.accept(new Measurement(
                size,
                number,
                scenario,
                subject,
                answer.path("wallMillis").asLong(),
                subject == Subject.COLD ? jvm.startMillis() : 0,
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
        try (Server own = Server.connect(kubeconfig)) {
            RawClient client = new RawClient(own);
            List<RawClient.Item> items = RawClient.items(repository.files());
            client.apply(items.subList(0, 1));
            measure(Scenario.FIRST, client, () -> client.firstSync(items));
            measure(Scenario.NOOP, client, () -> client.dryRun(items));
            List<RawClient.Item> changed = items.subList(1, 1 + size / 100);
            measure(Scenario.DRIFT, client, () -> client.dryRun(items));
            measure(Scenario.HEAL, client, () -> {
                client.dryRun(items);
                client.apply(changed);
            });
            int kept = size - size / 10;
            measure(Scenario.PRUNE, client, () -> {
                client.dryRun(items.subList(0, kept));
                client.delete(items.subList(kept, size));
            });
        }
    }

    /** What is measured of the raw client. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void measure(Scenario scenario, RawClient client, Work work) throws IOException, InterruptedException {
        ServerMetrics before = ServerMetrics.read(server);
        long bytes = client.answerBytes();
        long cpu = Proc.cpuMillis("self");
        long start = System.nanoTime();
        work.run();
        long wall = (System.nanoTime() - start) / 1_000_000;
        long used = Proc.cpuMillis("self") - cpu;
        ServerMetrics counted = ServerMetrics.read(server).since(before);
        results.accept(new Measurement(
                size,
                number,
                scenario,
                Subject.RAW,
                wall,
                0,
                used,
                0,
                counted.requests(),
                counted.readBytes(),
                client.answerBytes() - bytes));
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
