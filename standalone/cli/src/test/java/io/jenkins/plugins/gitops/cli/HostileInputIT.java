package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.FileUtils;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A person types {@code gitops sync} and what is read there means ill: the exit code says what kind of end it was, the
 * message says what and where, nothing of it runs, nothing moves the cursor, and nothing of it reaches the cluster.
 */
public class HostileInputIT {

    private static final String GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final String namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
    private TestCluster cluster;
    private Path directory;

    /** Is there where something of what is read was run. */
    private Path ran;

    private String out;
    private String err;

    @Before
    public void init() throws Exception {
        cluster = TestCluster.get();
        kubectl("create", "namespace", namespace);
        directory = folder.newFolder("config").toPath();
        ran = folder.getRoot().toPath().toRealPath().resolve("ran");
        Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()
                .close();
        write("app/good.yaml", GOOD);
    }

    @Test
    public void aLinkOutOfTheRepository() throws Exception {
        Path outside = Files.writeString(folder.getRoot().toPath().resolve("outside.yaml"), GOOD);
        for (Path target : List.of(outside, Path.of("../../outside.yaml"))) {
            Files.createSymbolicLink(directory.resolve("app/link.yaml"), target);
            commit();
            refused("app/link.yaml", "the symbolic link points to \"" + target + "\"");
            Files.delete(directory.resolve("app/link.yaml"));
        }
        commit();
        assertEquals(2, run("sync", "--repo", directory.toString(), "--path", "app/../../outside.yaml"));
        assertTrue(err, err.startsWith("error: "));
        assertNothingHappened();
    }

    @Test
    public void aSubmoduleWhoseUrlIsAProgram() throws Exception {
        write(".gitmodules", "[submodule \"x\"]\n\tpath = app/sub\n\turl = ext::sh -c 'touch% " + ran + "'\n");
        commit();
        try (Git git = Git.open(directory.toFile())) {
            DirCache index = git.getRepository().lockDirCache();
            var builder = index.builder();
            for (int i = 0; i < index.getEntryCount(); i++) {
                builder.add(index.getEntry(i));
            }
            DirCacheEntry link = new DirCacheEntry("app/sub");
            link.setFileMode(FileMode.GITLINK);
            link.setObjectId(ObjectId.fromString("1".repeat(40)));
            builder.add(link);
            assertTrue(builder.commit());
            git.commit()
                    .setMessage("Link")
                    .setAuthor("Test", "test@example.org")
                    .setSign(false)
                    .call();
        }
        refused("app/sub", "submodule");
    }

    @Test
    public void attributesAndConfigurationThatNamePrograms() throws Exception {
        write(".gitattributes", "* filter=evil\n");
        commit();
        try (Git git = Git.open(directory.toFile())) {
            var config = git.getRepository().getConfig();
            config.setString("filter", "evil", "smudge", "touch " + ran);
            config.setString("core", null, "fsmonitor", "touch " + ran);
            config.setString("core", null, "sshCommand", "touch " + ran);
            config.save();
        }
        Path hook = directory.resolve(".git/hooks/post-checkout");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ntouch " + ran + "\n");
        assertTrue(hook.toFile().setExecutable(true));
        assertEquals(err, 0, run("sync", "--repo", directory.toString(), "--path", "app", "--no-wait"));
        assertFalse(Files.exists(ran));
    }

    @Test
    public void aRepositoryUrlThatIsAProgramOrAnOption() throws Exception {
        for (String url : List.of("ext::sh -c touch% " + ran, "--upload-pack=touch " + ran, "-u./payload")) {
            assertEquals(url, 2, run("sync", "--repo=" + url, "--path", "app"));
            assertTrue(err, err.startsWith("error: "));
            assertNothingHappened();
        }
    }

    @Test
    public void manifestsThatWouldTakeForEverOrRunSomething() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("]\n");
        }
        for (String[] hostile : new String[][] {
            {bomb.toString(), "alias"},
            {"a: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1/\"]]\n", "tag"},
            {"[".repeat(100_000), "nested"},
            {GOOD + "data: {a: b, a: c}\n", "twice"},
            {"version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64) + "\nsize 1\n", "LFS"}
        }) {
            write("app/hostile.yaml", hostile[0]);
            commit();
            refused("app/hostile.yaml", hostile[1]);
        }
    }

    @Test
    public void namesThatMoveTheCursor() throws Exception {
        write("app/e\u001b[2Jvil.yaml", GOOD.replace("good", "\"a\\u001b[31m\\u202e\\r\\nOK, all is well\""));
        commit();
        refused("vil.yaml", "metadata.name");
        assertFalse(err, err.lines().anyMatch(line -> line.startsWith("OK")));
    }

    @Test
    public void whatWouldBeFetchedFromElsewhere() throws Exception {
        write("app/kustomization.yaml", "resources: [good.yaml, \"https://127.0.0.1:1/base.yaml\"]\nnamePrefix: x-\n");
        commit();
        refused("app/kustomization.yaml", "remote bases are refused");
        Files.delete(directory.resolve("app/kustomization.yaml"));
        write(
                "app/Chart.yaml",
                "apiVersion: v2\nname: app\nversion: 1.0.0\n"
                        + "dependencies: [{name: db, version: 1.0.0, repository: \"https://127.0.0.1:1/charts\"}]\n");
        commit();
        refused("app/Chart.yaml", "remote dependencies are refused");
    }

    @Test
    public void aKubeconfigThatRunsAProgram() throws Exception {
        commit();
        for (String user : List.of(
                "{exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [\"" + ran + "\"]}}",
                "{auth-provider: {name: gcp, config: {cmd-path: touch, cmd-args: \"" + ran + "\"}}}")) {
            assertEquals(user, 2, sync(kubeconfig("https://127.0.0.1:1", user)));
            assertTrue(err, err.startsWith("error: ") && err.contains("which is refused"));
            assertNothingHappened();
        }
    }

    /** Where a cluster should be, something answers without an end, and something that repeats what it was told. */
    @Test
    public void aServerThatNeverEndsAndOneThatEchoes() throws Exception {
        commit();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        byte[] much = "[".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(much);
                }
            } catch (IOException e) {
                // The client has had enough.
            }
        });
        server.createContext("/echo", exchange -> {
            byte[] told = ("\u001b[2J" + exchange.getRequestHeaders().getFirst("Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, told.length);
            exchange.getResponseBody().write(told);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            for (String path : List.of("/endless", "/echo")) {
                assertEquals(path, 3, sync(kubeconfig(base + path, "{token: s3cret-of-a-person}")));
                assertTrue(out + err, (out + err).contains(base));
                assertFalse(out + err, (out + err).contains("s3cret-of-a-person"));
                assertNothingHappened();
            }
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    public void aHistoryThatWasRewrittenAndCollected() throws Exception {
        write("app/lost.yaml", GOOD.replace("good", "lost"));
        ObjectId lost = commit();
        assertEquals(err, 0, run("sync", "--repo", directory.toString(), "--path", "app"));
        try (Git git = Git.open(directory.toFile())) {
            git.checkout().setOrphan(true).setName("rewritten").call();
            Files.delete(directory.resolve("app/lost.yaml"));
            commit();
            git.branchDelete().setBranchNames("main").setForce(true).call();
            git.branchRename().setNewName("main").call();
            FileUtils.delete(directory.resolve(".git/logs").toFile(), FileUtils.RECURSIVE);
            git.gc().setExpire(Instant.now().plusSeconds(60)).call();
            assertFalse(git.getRepository().getObjectDatabase().has(lost));
        }

        assertEquals(err, 1, run("plan", "--repo", directory.toString(), "--path", "app"));
        assertTrue(out, out.contains("last sync " + lost.name()));
        assertTrue(out, out.contains("- ConfigMap/" + namespace + "/lost  prune  pending"));
        assertEquals(err, 0, run("sync", "--repo", directory.toString(), "--path", "app"));
        assertEquals("configmap/good", members());
        assertEquals(err, 0, run("drift", "--repo", directory.toString(), "--path", "app"));
    }

    /** That a sync ends with bad input, says where and why, and does nothing. */
    private void refused(String file, String why) throws Exception {
        assertEquals(out + err, 2, run("sync", "--repo", directory.toString(), "--path", "app"));
        assertTrue(err, err.contains(file));
        assertTrue(err, err.contains(why));
        assertNothingHappened();
    }

    private void assertNothingHappened() throws Exception {
        assertFalse("a program ran", Files.exists(ran));
        assertEquals("", members());
        for (String text : List.of(out, err)) {
            assertTrue(text, text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' || c == '\u202e'));
            assertFalse(text, text.contains("a fault in gitops itself"));
        }
    }

    private int sync(Path kubeconfig) {
        return execute("sync", "--repo", directory.toString(), "--path", "app", "--kubeconfig", kubeconfig.toString());
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--kubeconfig=" + cluster.kubeconfig());
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--app=app", "--namespace=" + namespace));
        StringWriter outWriter = new StringWriter();
        StringWriter errWriter = new StringWriter();
        int code = Gitops.commandLine()
                .setOut(new PrintWriter(outWriter))
                .setErr(new PrintWriter(errWriter))
                .execute(all.toArray(String[]::new));
        out = outWriter.toString();
        err = errWriter.toString();
        return code;
    }

    private Path kubeconfig(String server, String user) throws Exception {
        Path file = folder.newFile().toPath();
        return Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "SERVER"}}]
                users: [{name: u, user: USER}]
                """
                        .replace("SERVER", server)
                        .replace("USER", user));
    }

    private void write(String file, String text) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ObjectId commit() throws Exception {
        try (Git git = Git.open(directory.toFile())) {
            git.add().addFilepattern(".").call();
            git.add().addFilepattern(".").setUpdate(true).call();
            return git.commit()
                    .setMessage("Anything")
                    .setAuthor("Test", "test@example.org")
                    .setSign(false)
                    .call()
                    .getId();
        }
    }

    /** What the app has in the cluster. */
    private String members() throws Exception {
        return kubectl("get", "configmaps", "-l", "applyset.kubernetes.io/part-of", "-o", "name", "-n", namespace);
    }

    private String kubectl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(cluster.kubectl().toString());
        command.add("--kubeconfig=" + cluster.kubeconfig());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(text, 0, process.waitFor());
        return text.trim();
    }
}
