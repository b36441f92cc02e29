package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.Test;

/** Holds our reader against what kubectl made of the corpus; {@link KubectlYamlIT} holds these answers against kubectl. */
public class KubectlCorpusTest {

    @Test
    public void readsTheCorpusAsKubectl() {
        Map<String, JsonNode> answers = Corpus.answers();
        Map<String, String> differences = KubectlDifferences.reasons();
        List<String> wrong = new ArrayList<>();
        Corpus.files().forEach((name, content) -> {
            JsonNode kubectl = answers.get(name);
            JsonNode ours = Corpus.ours(name, content);
            if (KubectlDifferences.RANDOM.contains(name)) {
                return;
            }
            if (ours.equals(kubectl) == differences.containsKey(name)) {
                wrong.add(name + "\n  kubectl: " + kubectl + "\n  ours:    " + ours + " "
                        + ManifestReader.read("f", content).problems());
            }
        });
        assertTrue("not as in kubectl, or as in kubectl by now:\n" + String.join("\n", wrong), wrong.isEmpty());
    }

    @Test
    public void everyDifferenceAndEveryAnswerIsOfTheCorpus() {
        Map<String, byte[]> corpus = Corpus.files();
        assertEquals(
                new TreeSet<>(corpus.keySet()), new TreeSet<>(Corpus.answers().keySet()));
        assertTrue(corpus.keySet().containsAll(KubectlDifferences.reasons().keySet()));
        assertTrue(corpus.keySet().containsAll(KubectlDifferences.RANDOM));
    }
}
