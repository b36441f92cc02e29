package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;

public class PlainRendererTest {

    private final PlainRenderer renderer = new PlainRenderer(false);

    @Test
    public void takesYamlAndJsonBelowThePathInOrder() throws Exception {
        RenderResult result = renderer.render(
                new MemoryTree()
                        .with("shop/b.yml", object("b"))
                        .with("shop/a.yaml", object("a1") + "---\n" + object("a2"))
                        .with("shop/sub/c.json", "{\"apiVersion\":\"v1\",\"kind\":\"T\",\"metadata\":{\"name\":\"c\"}}")
                        .with("shop/README.md", "# no manifest")
                        .with("shop/values.yaml.bak", "a: b")
                        .with("other/d.yaml", object("d")),
                "shop");
        assertEquals(List.of(), result.problems());
        assertEquals(
                List.of("a1 shop/a.yaml:1:1", "a2 shop/a.yaml:5:1", "b shop/b.yml:1:1", "c shop/sub/c.json:1:1"),
                result.manifests().stream()
                        .map(manifest -> manifest.name() + " " + manifest.location())
                        .toList());
    }

    @Test
    public void leavesOutWhatBeginsWithADot() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with(".github/workflows/ci.yaml", "on: push")
                .with("shop/.hidden.yaml", "a: b")
                .with("shop/.hidden/a.yaml", "a: b")
                .with("shop/a.yaml", object("a"))
                .with(".deploy/b.yaml", object("b"));
        assertEquals(List.of("a"), names(renderer.render(tree, "")));
        assertEquals(List.of("b"), names(renderer.render(tree, ".deploy")));
    }

    @Test
    public void aPathMayNameAFile() throws Exception {
        MemoryTree tree = new MemoryTree().with("shop/a.yaml", object("a")).with("shop/.b.yaml", object("b"));
        assertEquals(List.of("a"), names(renderer.render(tree, "shop/a.yaml")));
        assertEquals(List.of("b"), names(renderer.render(tree, "shop/.b.yaml")));
    }

    @Test
    public void anEmptyFolderIsAProblem() throws Exception {
        MemoryTree tree = new MemoryTree().with("shop/README.md", "").with("shop/.a.yaml", object("a"));
        String rest = "; check the path, and that the files are committed";
        assertProblems(renderer.render(tree, "shop"), "no manifests (*.yaml, *.yml, *.json) below shop" + rest);
        assertProblems(
                renderer.render(new MemoryTree(), ""),
                "no manifests (*.yaml, *.yml, *.json) below the repository's root" + rest);
    }

    @Test
    public void filesWithoutDocumentsAreAProblem() throws Exception {
        assertProblems(
                renderer.render(new MemoryTree().with("a.yaml", "# nothing\n").with("b.yaml", ""), ""),
                "no manifests below the repository's root: its 2 files hold nothing but comments; check the path");
        assertProblems(
                renderer.render(new MemoryTree().with("shop/a.yaml", "---\n"), "shop"),
                "no manifests below shop: its only file holds nothing but comments; check the path");
        RenderResult one =
                renderer.render(new MemoryTree().with("a.yaml", "# nothing\n").with("b.yaml", object("b")), "");
        assertEquals(List.of("b"), names(one));
    }

    @Test
    public void aKustomizationIsNoObject() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("shop/kustomization.yaml", "resources: [a.yaml]")
                .with("shop/a.yaml", object("a"))
                .with("shop/b.yaml", object("b"));
        assertEquals(List.of("a", "b"), names(renderer.render(tree, "shop")));
    }

    @Test
    public void tellsTheProblemsOfAllFiles() throws Exception {
        assertProblems(
                renderer.render(
                        new MemoryTree()
                                .with("a.yaml", "a: [")
                                .with("b.yaml", object("b"))
                                .with("c.yaml", "large")
                                .with("d.yaml", "a: b"),
                        ""),
                "a.yaml:2:1: this is not valid YAML: a value is missing or cannot begin so",
                "c.yaml is too large",
                "d.yaml:1:1: apiVersion and kind are missing; every manifest names its type; a file that is no manifest"
                        + " belongs in another folder");
    }

    @Test
    public void aPathThatDoesNotExistIsThrown() {
        assertThrows(BadInputException.class, () -> renderer.render(new MemoryTree(), "none"));
    }

    @Test
    public void readsManyFilesInOrder() throws Exception {
        MemoryTree tree = new MemoryTree();
        for (int i = 10000; i < 12000; i++) {
            tree.with("f" + i + ".yaml", object("o" + i));
        }
        List<String> names = names(renderer.render(tree, ""));
        assertEquals(2000, names.size());
        for (int i = 0; i < names.size(); i++) {
            assertEquals("o" + (10000 + i), names.get(i));
        }
    }

    @Test
    public void anUnreadableRepositoryIsThrown() {
        MemoryTree files = new MemoryTree();
        for (int i = 0; i < 200; i++) {
            files.with("f" + i + ".yaml", object("o" + i));
        }
        SourceTree broken = new SourceTree() {
            @Override
            public List<String> files(String path) throws BadInputException {
                return files.files(path);
            }

            @Override
            public byte[] read(String file) throws IOException {
                throw new IOException("disk gone");
            }
        };
        assertEquals(
                "disk gone",
                assertThrows(IOException.class, () -> renderer.render(broken, ""))
                        .getMessage());
    }

    @Test
    public void anInterruptEndsTheReadingBeforeItReturns() throws Exception {
        MemoryTree files = new MemoryTree();
        for (int i = 0; i < 5000; i++) {
            files.with("f" + i + ".yaml", object("o" + i));
        }
        CountDownLatch reading = new CountDownLatch(1);
        AtomicBoolean returned = new AtomicBoolean();
        AtomicBoolean readLater = new AtomicBoolean();
        SourceTree slow = new SourceTree() {
            @Override
            public List<String> files(String path) throws BadInputException {
                return files.files(path);
            }

            @Override
            public byte[] read(String file) throws BadInputException, IOException {
                reading.countDown();
                readLater.compareAndSet(false, returned.get());
                for (int i = 0; i < 1000; i++) {
                    Thread.onSpinWait();
                }
                return files.read(file);
            }
        };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                while (true) {
                    renderer.render(slow, "");
                }
            } catch (Throwable e) {
                returned.set(true);
                thrown.set(e);
            }
        });
        caller.start();
        reading.await();
        caller.interrupt();
        caller.join(30_000);
        assertTrue(String.valueOf(thrown.get()), thrown.get() instanceof InterruptedException);
        Thread.sleep(50);
        assertFalse(readLater.get());
    }

    private static String object(String name) {
        return "apiVersion: v1\nkind: T\nmetadata: {name: " + name + "}\n";
    }

    private static List<String> names(RenderResult result) {
        assertEquals(List.of(), result.problems());
        return result.manifests().stream().map(manifest -> manifest.name()).toList();
    }

    private static void assertProblems(RenderResult result, String... expected) {
        assertEquals(
                String.join("\n", expected),
                String.join(
                        "\n", result.problems().stream().map(Problem::toString).toList()));
    }
}
