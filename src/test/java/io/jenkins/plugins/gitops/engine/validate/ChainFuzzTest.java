package io.jenkins.plugins.gitops.engine.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.RealManifests;
import io.jenkins.plugins.gitops.engine.annotation.AnnotationCheck;
import io.jenkins.plugins.gitops.engine.manifest.Corpus;
import io.jenkins.plugins.gitops.engine.manifest.IdentityClashes;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.Mutator;
import io.jenkins.plugins.gitops.engine.manifest.SourceLines;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.render.RenderResult;
import io.jenkins.plugins.gitops.engine.render.RenderTarget;
import io.jenkins.plugins.gitops.engine.render.Renderers;
import io.jenkins.plugins.gitops.engine.render.SubstitutionPolicy;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * Broken manifests lead to problems and to nothing else on the whole way from a file to a verdict: reading, rendering,
 * substitution, identities, annotations, schemas, references and policies. {@code -Dgitops.fuzz.count} sets how many
 * files are tried, {@code -Dgitops.fuzz.seed} repeats a run.
 */
public class ChainFuzzTest {

    private static final int COUNT = Integer.getInteger("gitops.fuzz.count", 5000);
    private static final long SEED = Long.getLong("gitops.fuzz.seed", System.nanoTime());

    /** Files of one repository. */
    private static final int BATCH = 200;

    /** Far beyond what a batch takes, also on a busy machine. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** What is larger slows the run down and tells nothing more. */
    private static final int SMALL = 1536;

    private static final RenderTarget TARGET = new RenderTarget("app", RenderTarget.Cluster.without(null));

    private final List<byte[]> files = new ArrayList<>();
    private final List<ObjectNode> objects = new ArrayList<>();
    private final List<Manifest> policies = policies();
    private int skipped;
    private int sound;
    private int judged;
    private long slowest;

    private record Batch(TreeMap<String, byte[]> files, RenderPolicy render, List<Manifest> policies)
            implements SourceTree {

        @Override
        public List<String> files(String path) {
            return List.copyOf(files.keySet());
        }

        @Override
        public byte[] read(String file) {
            return files.get(file);
        }
    }

    @Test
    public void mutatedRepositoriesLeadToProblemsOnly() throws Exception {
        System.out.println("fuzzing with -Dgitops.fuzz.seed=" + SEED + " -Dgitops.fuzz.count=" + COUNT);
        collect();
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < COUNT / BATCH; i++) {
                run(worker, i, batch(new Random(SEED + i)));
            }
        } finally {
            worker.shutdownNow();
        }
        System.out.printf(
                "%d files: %d without a problem, %d judged by schema and policies; the slowest %d took %d ms; heap %d MiB%n",
                COUNT, sound, judged, BATCH, slowest / 1_000_000, heap() >> 20);
        // Were all of them refused, or none, the mutations would test little.
        assertTrue(sound + " sound of " + COUNT, sound > COUNT / 100 && sound < COUNT - COUNT / 20);
        assertTrue(judged + " judged of " + COUNT, judged > COUNT / 4);
    }

    private void run(ExecutorService worker, int number, Batch batch) throws Exception {
        String where = "batch " + number + " of seed " + SEED + " (alone: -Dgitops.fuzz.seed=" + (SEED + number)
                + " -Dgitops.fuzz.count=" + BATCH + ")";
        long begin = System.nanoTime();
        Future<?> running = worker.submit(() -> {
            check(batch);
            return null;
        });
        try {
            running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            Thread.getAllStackTraces().forEach((thread, stack) -> {
                if (stack.length > 5) {
                    System.out.println(
                            thread + "\n  " + List.of(stack).toString().replace(", ", "\n  "));
                }
            });
            throw new AssertionError(where + " does not end", e);
        } catch (ExecutionException e) {
            throw new AssertionError(where + culprit(batch), e.getCause());
        }
        slowest = Math.max(slowest, System.nanoTime() - begin);
    }

    /** The file that fails alone, if one does. */
    private String culprit(Batch batch) {
        for (Map.Entry<String, byte[]> file : batch.files().entrySet()) {
            TreeMap<String, byte[]> alone = new TreeMap<>(Map.of(file.getKey(), file.getValue()));
            try {
                check(new Batch(alone, batch.render(), batch.policies()));
            } catch (Throwable e) {
                return ": " + Base64.getEncoder().encodeToString(file.getValue());
            }
        }
        return "";
    }

    private Batch batch(Random random) {
        Mutator text = new Mutator(files, random);
        TreeMutator tree = new TreeMutator(objects, random);
        TreeMap<String, byte[]> made = new TreeMap<>();
        for (int i = 0; i < BATCH; i++) {
            made.put("f" + i + (i % 7 == 0 ? ".json" : ".yaml"), random.nextInt(4) == 0 ? text.next() : tree.next());
        }
        // Compiling policies is what takes most of the time: three of them, and what the files hold themselves.
        List<Manifest> some = new ArrayList<>();
        some.add(read("apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {policy-test: \"yes\"}}\n")
                .get(0));
        for (int i = 0; i < 3; i++) {
            int at = random.nextInt(policies.size() / 2) * 2;
            some.addAll(policies.subList(at, at + 2));
        }
        SubstitutionPolicy values = new SubstitutionPolicy(
                Map.of("a", "x: [1, *y]\n", "b", "\u00e9".repeat(50), "c", "3"),
                List.of(),
                List.of(),
                random.nextBoolean());
        RenderPolicy render = RenderPolicy.DEFAULT;
        return new Batch(made, random.nextInt(3) == 0 ? render : render.withSubstitution(values), some);
    }

    private void check(Batch batch) throws Exception {
        FieldLocator locator = (manifest, field) -> locate(batch, manifest, field);
        List<Problem> problems = new ArrayList<>();
        List<Manifest> manifests = List.of();
        try {
            RenderResult rendered = Renderers.of(batch.render(), TARGET).render(batch, "");
            manifests = rendered.manifests();
            problems.addAll(rendered.problems());
            rendered.digest();
        } catch (BadInputException e) {
            problems.addAll(e.problems());
        }
        problems.addAll(IdentityClashes.find(manifests));
        problems.addAll(AnnotationCheck.find(manifests, locator::locate));
        problems.addAll(new Validation(Checks.OFFLINE, "default", locator).check(manifests, batch.policies()));
        problems.forEach(problem -> check(problem, batch));
        judged += manifests.size();
        long faulty = problems.stream()
                .filter(Problem::isError)
                .filter(problem -> problem.location() != null)
                .map(problem -> problem.location().file())
                .distinct()
                .count();
        sound += batch.files().size() - (int) faulty;
    }

    private static SourceLocation locate(Batch batch, Manifest manifest, String field) {
        byte[] content = batch.read(manifest.location().file());
        return content == null ? manifest.location() : SourceLines.locate(content, manifest.location(), field);
    }

    private static void check(Problem problem, Batch batch) {
        String text = problem.toString();
        assertFalse(text, problem.message().isBlank());
        assertFalse(text, text.contains("\n"));
        assertTrue(text.length() + ": " + text, text.length() < 20_000);
        if (problem.location() != null && !problem.location().file().equals("policies.yaml")) {
            assertTrue(text, batch.files().containsKey(problem.location().file()));
            assertTrue(text, problem.location().line() >= 0);
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** What is mutated: manifests of all kinds, and the tricky YAML. */
    private void collect() throws IOException {
        files.addAll(Corpus.files().values());
        List<String> texts = new ArrayList<>(List.of(
                resource("/io/jenkins/plugins/gitops/engine/policy/policies.yaml"),
                resource("/io/jenkins/plugins/gitops/engine/policy/objects.yaml"),
                resource("/io/jenkins/plugins/gitops/engine/plan/seeds.yaml"),
                resource("/io/jenkins/plugins/gitops/engine/plan/crds.yaml"),
                resource("/io/jenkins/plugins/gitops/engine/drift-subjects.yaml"),
                resource("broken.txt").replaceAll("(?m)^=== .*\n", "---\n").replaceAll("(?ms)^>>>.*?(^---)", "$1")));
        Path folder = RealManifests.folder("").orElse(null);
        if (folder != null) {
            try (Stream<Path> real = Files.walk(folder)) {
                for (Path file : real.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        for (String text : texts) {
            for (String document : text.split("(?m)^---.*\n")) {
                if (document.length() <= SMALL && !document.isBlank()) {
                    files.add(document.getBytes(StandardCharsets.UTF_8));
                    read(document).forEach(this::add);
                }
            }
        }
        System.out.println(files.size() + " files and " + objects.size() + " objects to make others of");
        assertTrue(objects.size() > 100);
    }

    /** Of policies and definitions a fourth: it takes long to compile their expressions. */
    private void add(Manifest manifest) {
        boolean compiled = manifest.json().toString().contains("expression")
                || manifest.json().toString().contains("x-kube");
        if (!compiled || skipped++ % 4 == 0) {
            objects.add(manifest.json());
        }
    }

    private static List<Manifest> read(String text) {
        return ManifestReader.read("policies.yaml", text.getBytes(StandardCharsets.UTF_8))
                .manifests();
    }

    /** Pairs of a policy and its binding. */
    private static List<Manifest> policies() {
        List<Manifest> all = new ArrayList<>();
        List<Manifest> read = read(resource("/io/jenkins/plugins/gitops/engine/policy/policies.yaml"));
        for (int i = 0; i + 1 < read.size(); i++) {
            if (read.get(i).kind().equals("ValidatingAdmissionPolicy")
                    && read.get(i + 1).kind().equals("ValidatingAdmissionPolicyBinding")) {
                all.addAll(read.subList(i, i + 2));
            }
        }
        assertEquals(0, all.size() % 2);
        return all;
    }

    private static String resource(String name) {
        try (InputStream in = ChainFuzzTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
