package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.disk.WholeFile;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.tool.ToolLimits;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Whatever is put on a disk for a while is its owner's alone while it is there, and gone afterwards: where rendering went
 * well, where it failed, where it took too long and where it was aborted. The programs here say what they find around them.
 */
public class TemporaryFilesTest {

    private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path seen;

    @Before
    public void needPrograms() {
        boolean there = Stream.of("/bin/sh", "/bin/cat", "/bin/mkdir", "/bin/sleep", "/usr/bin/find")
                .allMatch(program -> Files.isExecutable(Path.of(program)));
        boolean linux = System.getProperty("os.name").equals("Linux");
        if (!linux || !there) {
            System.out.println("Skipped: needs Linux with sh, cat, mkdir and sleep in /bin and find in /usr/bin");
        }
        Assume.assumeTrue("needs Linux with sh, cat, mkdir and sleep in /bin and find in /usr/bin", linux && there);
        seen = folder.getRoot().toPath().resolve("seen");
    }

    @Test
    public void afterSuccess() throws Exception {
        for (String kind : List.of("kustomize", "helm")) {
            Files.deleteIfExists(seen);
            RenderResult result = render(kind, "/bin/cat <<END\n" + CONFIG_MAP + "END\n", ToolLimits.DEFAULT);
            assertEquals(result.problems().toString(), 1, result.manifests().size());
            assertPrivateAndGone();
        }
    }

    @Test
    public void afterFailure() throws Exception {
        for (String kind : List.of("kustomize", "helm")) {
            Files.deleteIfExists(seen);
            RenderResult result = render(kind, "exit 1\n", ToolLimits.DEFAULT);
            assertTrue(result.problems().stream().anyMatch(Problem::isError));
            assertPrivateAndGone();
        }
    }

    @Test
    public void afterATimeout() throws Exception {
        // On a busy machine the program may not have come far enough at first.
        for (int seconds = 5; !isComplete() && seconds < 300; seconds *= 4) {
            ToolLimits brief = new ToolLimits(
                    Duration.ofSeconds(seconds), ToolLimits.DEFAULT.memoryBytes(), ToolLimits.DEFAULT.outputBytes());
            RenderResult result = render("kustomize", "/bin/sleep 600\n", brief);
            assertTrue(
                    result.problems().toString(), result.problems().toString().contains("did not end within"));
        }
        assertPrivateAndGone();
    }

    @Test(timeout = 600_000)
    public void afterAnAbort() throws Exception {
        for (String kind : List.of("kustomize", "helm")) {
            Files.deleteIfExists(seen);
            FutureTask<Boolean> rendering = new FutureTask<>(() -> {
                try {
                    render(kind, "/bin/sleep 600\n", ToolLimits.DEFAULT);
                    return false;
                } catch (InterruptedException e) {
                    return true;
                }
            });
            Thread thread = new Thread(rendering);
            thread.start();
            while (!isComplete()) {
                Thread.sleep(20);
            }
            thread.interrupt();
            assertTrue("the abort was obeyed", rendering.get());
            assertPrivateAndGone();
        }
    }

    @Test
    public void aPlanThatIsKeptIsItsOwnersAlone() throws Exception {
        Path plan = folder.getRoot().toPath().resolve("plan.json");
        for (int i = 0; i < 2; i++) {
            WholeFile.writePrivately(plan, new byte[] {'{', '}'});
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)));
        }
        try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
            assertEquals("nothing half-written is left", List.of(plan), files.toList());
        }
    }

    /** A folder that is rendered by a program that makes files of its own, too. */
    private RenderResult render(String kind, String end, ToolLimits limits) throws Exception {
        Path program = folder.getRoot().toPath().resolve(kind);
        Files.writeString(
                program,
                "#!/bin/sh\n: > \"$TMPDIR/own\"\n/bin/mkdir \"$HOME/own\"\n/usr/bin/find \"$PWD\" -printf '%m %y %p\\n' > "
                        + seen + "\necho complete >> " + seen + "\n" + end);
        assertTrue(program.toFile().setExecutable(true));
        ToolPolicy tools = ToolPolicy.DEFAULT.withLimits(limits);
        MemoryTree tree = new MemoryTree().with("shop/a.yaml", CONFIG_MAP);
        if (kind.equals("helm")) {
            tools = tools.withHelm(program);
            tree.with("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")
                    .with("shop/templates/a.yaml", CONFIG_MAP);
        } else {
            tools = tools.withKustomize(program);
            tree.with("shop/kustomization.yaml", "resources: [a.yaml]\nnamePrefix: x-\n");
        }
        RenderPolicy policy = RenderPolicy.DEFAULT.withTools(tools);
        RenderTarget target = new RenderTarget("app", RenderTarget.Cluster.without(null));
        return Renderers.of(policy, target).render(tree, "shop");
    }

    private boolean isComplete() throws Exception {
        return Files.exists(seen) && Files.readString(seen).endsWith("complete\n");
    }

    private void assertPrivateAndGone() throws Exception {
        assertTrue("the program ran", isComplete());
        List<String[]> found = Files.readString(seen)
                .lines()
                .filter(line -> !line.equals("complete"))
                .map(line -> line.split(" ", 3))
                .toList();
        assertTrue("there were files", found.stream().anyMatch(file -> file[2].endsWith("shop/a.yaml")));
        assertTrue("and some of the program's", found.stream().anyMatch(file -> file[2].endsWith("tmp/own")));
        for (String[] file : found) {
            List<String> allowed = file[1].equals("d") ? List.of("700") : List.of("600", "700");
            assertTrue(Arrays.toString(file), allowed.contains(file[0]));
            assertFalse(file[2], Files.exists(Path.of(file[2]), LinkOption.NOFOLLOW_LINKS));
        }
    }
}
