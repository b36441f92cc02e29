package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Holds what we take for kubectl's reading of YAML against the real kubectl. {@link KubectlCorpusTest} holds our reader
 * against the same answers where there is no kubectl.
 */
public class KubectlYamlIT {

    /** Writes kubectl's answers to this file instead of comparing them: for another version, or a larger corpus. */
    private static final String UPDATE = "gitops.kubectlAnswers";

    private static final Path REAL_MANIFESTS = Path.of("../shared/manifests");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Kubectl kubectl;

    @Before
    public void findKubectl() throws Exception {
        kubectl = Kubectl.find(folder.getRoot().toPath());
    }

    @Test
    public void recordedAnswersAreKubectls() throws Exception {
        List<JsonNode> answers = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : Corpus.files().entrySet()) {
            answers.add(kubectl.answer(file.getKey(), file.getValue()));
        }
        String update = System.getProperty(UPDATE);
        if (update != null) {
            List<String> lines = new ArrayList<>();
            for (JsonNode answer : answers) {
                lines.add(Corpus.JSON.writeValueAsString(answer));
            }
            Files.write(Path.of(update), lines);
            System.out.println("wrote " + lines.size() + " answers to " + update);
            return;
        }
        Map<String, JsonNode> recorded = Corpus.answers();
        List<String> changed = new ArrayList<>();
        for (JsonNode answer : answers) {
            String name = answer.get("name").asText();
            if (!answer.equals(recorded.get(name)) && !KubectlDifferences.RANDOM.contains(name)) {
                changed.add(name + "\n  recorded: " + recorded.get(name) + "\n  kubectl:  " + answer);
            }
        }
        assertTrue(String.join("\n", changed), changed.isEmpty());
        assertEquals(answers.size(), recorded.size());
    }

    /**
     * What both take means the same to both. One may take what the other refuses: {@link KubectlDifferences} tells of
     * what kind that is. The seed is the same for each run, since kubectl is at random itself where two keys of
     * different types become one.
     */
    @Test
    public void mutatedFilesMeanTheSameToKubectl() throws Exception {
        long seed = Long.getLong("gitops.fuzz.seed", 1);
        int count = Integer.getInteger("gitops.fuzz.count", 300);
        System.out.println("comparing with kubectl, -Dgitops.fuzz.seed=" + seed + " -Dgitops.fuzz.count=" + count);
        Mutator mutator = new Mutator(new ArrayList<>(Corpus.files().values()), new Random(seed));
        int compared = 0;
        List<String> different = new ArrayList<>();
        while (compared < count) {
            byte[] content = mutator.next();
            ReadResult ours = ManifestReader.read("mutated.yaml", content);
            // An empty answer is an error to kubectl's command.
            if (!ours.problems().isEmpty() || ours.manifests().isEmpty()) {
                continue;
            }
            compared++;
            ArrayNode theirs = kubectl.read(content);
            if (theirs != null && !theirs.equals(json(ours))) {
                different.add(new String(content, StandardCharsets.UTF_8) + "\n  kubectl: " + theirs + "\n  ours:    "
                        + json(ours));
            }
        }
        assertTrue(String.join("\n", different), different.isEmpty());
    }

    @Test
    public void realManifestsReadAsInKubectl() throws Exception {
        Path root = projectRoot().resolve(REAL_MANIFESTS).normalize();
        boolean present = Files.isDirectory(root);
        if (!present) {
            System.out.println("skipped: there is no folder of real manifests at " + root);
        }
        assumeTrue(present);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            if (new String(content, StandardCharsets.UTF_8).contains("apiVersion: kustomize.config.k8s.io/")) {
                continue; // has no name, which we refuse
            }
            compared++;
            ReadResult ours = ManifestReader.read(file.toString(), content);
            ArrayNode theirs = kubectl.read(content);
            if (!json(ours).equals(theirs)) {
                different.add(root.relativize(file) + " " + ours.problems());
            }
        }
        System.out.println("compared " + compared + " real files with kubectl");
        assertTrue(String.join("\n", different), different.isEmpty());
    }

    private static ArrayNode json(ReadResult result) {
        ArrayNode docs = Corpus.JSON.createArrayNode();
        result.manifests().forEach(manifest -> docs.add(manifest.json()));
        return docs;
    }

    /** Tests run in the module's folder or in the root's. */
    private static Path projectRoot() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve("standalone/pom.xml"))) {
            here = here.getParent();
        }
        return here;
    }
}
