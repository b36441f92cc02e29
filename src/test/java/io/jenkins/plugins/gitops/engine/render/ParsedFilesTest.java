package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.Test;

/** What is parsed once is not parsed again, and nothing else is taken for it. */
public class ParsedFilesTest {

    private final String run = UUID.randomUUID().toString();

    @Test
    public void theSameContentAtTheSamePathIsParsedOnce() throws Exception {
        ReadResult first = read("a.yaml", configMap("one"));
        assertSame(first, read("a.yaml", configMap("one")));
        assertEquals("one", first.manifests().get(0).json().at("/data/key").asText());
    }

    @Test
    public void otherContentIsReadAnew() throws Exception {
        read("a.yaml", configMap("one"));
        ReadResult changed = read("a.yaml", configMap("two"));
        assertEquals("two", changed.manifests().get(0).json().at("/data/key").asText());
    }

    @Test
    public void locationsNameTheFileItWasReadFrom() throws Exception {
        read("a.yaml", configMap("one"));
        ReadResult elsewhere = read("b.yaml", configMap("one"));
        assertEquals("b.yaml", elsewhere.manifests().get(0).location().file());
    }

    @Test
    public void problemsAreToldAgain() throws Exception {
        String broken = "apiVersion: v1\nkind: [\n";
        List<?> problems = read("a.yaml", broken).problems();
        assertEquals(1, problems.size());
        assertEquals(problems, read("a.yaml", broken).problems());
    }

    @Test
    public void aTemplateIsReadOtherwiseThanAManifest() throws Exception {
        String text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${NAME}\n";
        SourceTree tree = new Named("a.yaml", text);
        ReadResult template = ParallelReader.read(tree, List.of("a.yaml"), true).get(0);
        assertNotSame(
                template, ParallelReader.read(tree, List.of("a.yaml"), false).get(0));
        assertSame(template, ParallelReader.read(tree, List.of("a.yaml"), true).get(0));
    }

    @Test
    public void whatHasNoNameIsReadEveryTime() throws Exception {
        SourceTree tree = new MemoryTree().with("a.yaml", configMap("one"));
        ReadResult first = ParallelReader.read(tree, List.of("a.yaml"), false).get(0);
        assertNotSame(first, ParallelReader.read(tree, List.of("a.yaml"), false).get(0));
    }

    @Test
    public void theSizeIsBoundedAndWhatWasUsedLastStays() {
        ParsedFiles files = new ParsedFiles(100);
        ReadResult some = new ReadResult(List.of(), List.of());
        files.put("a", "1", false, some, 40);
        files.put("b", "2", false, some, 40);
        assertSame(some, files.get("a", "1", false));
        files.put("c", "3", false, some, 40);
        assertNull(files.get("b", "2", false));
        assertSame(some, files.get("a", "1", false));
        assertSame(some, files.get("c", "3", false));
        // The same again counts once, and what is larger than everything is not kept.
        files.put("c", "3", false, some, 60);
        assertSame(some, files.get("a", "1", false));
        files.put("d", "4", false, some, 101);
        assertNull(files.get("d", "4", false));
    }

    private ReadResult read(String file, String text) throws IOException, InterruptedException {
        return ParallelReader.read(new Named(file, text), List.of(file), false).get(0);
    }

    private static String configMap(String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  key: " + value + "\n";
    }

    /** One file whose content has a name, as in a commit; names of other tests do not meet ours. */
    private final class Named implements SourceTree {

        private final String file;
        private final String text;

        Named(String file, String text) {
            this.file = file;
            this.text = text;
        }

        @Override
        public List<String> files(String path) {
            return List.of(file);
        }

        @Override
        public byte[] read(String name) throws IOException, BadInputException {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String contentName(String name) {
            return run + text.hashCode();
        }
    }
}
