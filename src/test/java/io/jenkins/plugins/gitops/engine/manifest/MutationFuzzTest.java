package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.Test;

/**
 * Broken YAML leads to problems and to nothing else. {@code -Dgitops.fuzz.count} sets how many inputs are tried,
 * {@code -Dgitops.fuzz.seed} repeats a run.
 */
public class MutationFuzzTest {

    private static final int COUNT = Integer.getInteger("gitops.fuzz.count", 5000);
    private static final long SEED = Long.getLong("gitops.fuzz.seed", System.nanoTime());

    /** Of this thread on a processor: far beyond what such small inputs take. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    public void mutatedFilesLeadToProblemsOnly() {
        System.out.println("fuzzing with -Dgitops.fuzz.seed=" + SEED + " -Dgitops.fuzz.count=" + COUNT);
        Random random = new Random(SEED);
        Mutator mutator = new Mutator(new ArrayList<>(Corpus.files().values()), random);
        int sound = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] content = mutator.next();
            try {
                sound += read(content, random);
            } catch (Throwable e) {
                throw new AssertionError(
                        "input " + i + " of seed " + SEED + ": "
                                + HexFormat.of().formatHex(content),
                        e);
            }
        }
        // Were all of them refused, or none, the mutations would test little.
        boolean telling = sound > COUNT / 50 && sound < COUNT - COUNT / 50;
        System.out.println(sound + " of them are sound");
        assertTrue(sound + " sound of " + COUNT, COUNT < 1000 || telling);
    }

    private static int read(byte[] content, Random random) throws Exception {
        long begin = THREADS.getCurrentThreadCpuTime();
        ReadResult result = ManifestReader.read("folder/file.yaml", content);
        for (Manifest manifest : result.manifests()) {
            checkManifest(manifest);
            checkLocate(content, manifest, random);
        }
        for (Problem problem : result.problems()) {
            checkProblem(problem, content);
        }
        Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
        assertTrue("took " + taken, taken.compareTo(LONGEST) < 0);
        return result.problems().isEmpty() ? 1 : 0;
    }

    private static void checkManifest(Manifest manifest) throws Exception {
        assertFalse(manifest.kind().isEmpty());
        assertFalse(manifest.apiVersion().isEmpty());
        // What leaves as JSON comes back the same: no half characters, no infinity, no node that JSON does not know.
        JsonNode back = Corpus.JSON.readTree(Corpus.JSON.writeValueAsString(manifest.json()));
        assertEquals(manifest.json(), back);
    }

    private static void checkLocate(byte[] content, Manifest manifest, Random random) {
        List<String> fields = new ArrayList<>();
        manifest.json().fieldNames().forEachRemaining(fields::add);
        String field = fields.get(random.nextInt(fields.size()));
        SourceLocation found = SourceLines.locate(content, manifest.location(), "[" + field + "][0].x");
        assertEquals(manifest.location().file(), found.file());
        assertTrue(found.line() >= 1);
    }

    private static void checkProblem(Problem problem, byte[] content) {
        assertEquals("folder/file.yaml", problem.location().file());
        int lines = 1
                + (int) new String(content, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        // SnakeYAML counts more line ends than line feeds: carriage returns, and some of Unicode's.
        if (new String(content, StandardCharsets.UTF_8).matches("(?s)[^\r\u0085\u2028\u2029]*")) {
            assertTrue(problem.toString(), problem.location().line() <= lines + 1);
        }
        assertFalse(problem.message().isEmpty());
        assertFalse(problem.toString(), problem.toString().contains("\n"));
    }
}
