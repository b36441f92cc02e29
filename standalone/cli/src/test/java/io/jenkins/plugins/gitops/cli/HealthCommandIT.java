package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code gitops health}, of files and of an app. */
public class HealthCommandIT {

    private static final String HEALTHY =
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            status: {phase: Bound}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly, namespace: shop}
            spec: {suspend: true}
            """;
    private static final String FAILED =
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate, namespace: shop}
            status: {conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, message: too often}]}
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String out;
    private String err;

    private int run(String... arguments) {
        StringWriter outWriter = new StringWriter();
        StringWriter errWriter = new StringWriter();
        int code = Gitops.commandLine()
                .setOut(new PrintWriter(outWriter))
                .setErr(new PrintWriter(errWriter))
                .execute(arguments);
        out = outWriter.toString();
        err = errWriter.toString();
        return code;
    }

    private String file(String name, String text) throws Exception {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file.toString();
    }

    @Test
    public void ofFilesIsToldAsTheyStandThere() throws Exception {
        String healthy = file("healthy.yaml", HEALTHY);
        String failed = file("failed.yaml", FAILED);
        assertEquals(0, run("health", "-f", healthy));
        assertEquals(
                """
                PersistentVolumeClaim/shop/data  healthy
                CronJob/shop/nightly  suspended: spec.suspend is true
                1 healthy, 1 suspended
                """,
                out);

        assertEquals(4, run("health", "-f", healthy, "-f", failed, "--quiet"));
        assertEquals(
                """
                Job/shop/migrate  degraded: failed; BackoffLimitExceeded: too often
                1 healthy, 1 degraded, 1 suspended
                """,
                out);

        assertEquals(4, run("health", "-f", failed, "-o", "json"));
        JsonNode json = new ObjectMapper().readTree(out);
        assertFalse(json.path("healthy").asBoolean(true));
        JsonNode job = json.path("objects").get(0);
        assertEquals("batch/v1", job.path("apiVersion").asText());
        assertEquals("Degraded", job.path("status").asText());
        assertTrue(job.path("terminal").asBoolean());
        assertEquals("", err);
    }

    @Test
    public void whatCannotBeReadIsBadInput() throws Exception {
        assertEquals(2, run("health", "-f", folder.getRoot() + "/none.yaml"));
        assertTrue(err, err.startsWith("error: there is no file "));
        assertEquals(2, run("health", "-f", file("empty.yaml", "# nothing\n")));
        assertTrue(err, err.startsWith("error: there are no objects in "));
        assertEquals(2, run("health", "-f", file("broken.yaml", "kind: [\n"), "-o", "json"));
        assertTrue(err, err.contains("broken.yaml:"));
        assertEquals("no half document", "", out);
        assertEquals(2, run("health"));
        assertTrue(err, err.contains("--app"));
        assertEquals(2, run("health", "--app", "shop", "-f", "x.yaml"));
    }

    @Test
    public void rulesOfOnesOwnGoFirst() throws Exception {
        String object = file(
                "database.yaml",
                "apiVersion: example.org/v1\nkind: Database\nmetadata: {name: main}\n"
                        + "status: {phase: Restoring}\n");
        String rules = file(
                "rules.yaml",
                "- {apiVersion: example.org/v1, kind: Database, inProgress: \"status.phase =="
                        + " 'Restoring'\", current: \"status.phase == 'Running'\"}\n");
        assertEquals(0, run("health", "-f", object));
        assertEquals(4, run("health", "-f", object, "--health-exprs", rules));
        assertTrue(out, out.startsWith("Database/main  progressing"));
    }

    @Test
    public void ofAnAppIsToldLive() throws Exception {
        TestCluster cluster = TestCluster.withControllers();
        String namespace = "t-health";
        file(
                "repo/web/all.yaml",
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: t-health}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: "registry.invalid/web:1"}]}
                """);
        Path repo = folder.getRoot().toPath().resolve("repo");
        try (Git git = Git.init().setDirectory(repo.toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setSign(false)
                    .setAuthor("t", "t@example.org")
                    .setCommitter("t", "t@example.org")
                    .setMessage("Web")
                    .call();
        }
        List<String> where = List.of("--kubeconfig=" + cluster.kubeconfig(), "--namespace=" + namespace);
        assertEquals(out + err, 0, run(with(where, "sync", "--repo=" + repo, "--path=web", "--no-wait")));

        assertEquals(4, run(with(where, "health", "--app=web", "--wait", "--timeout=3s")));
        assertTrue(out, out.contains("Namespace/t-health  healthy"));
        assertTrue(out, out.contains("Deployment/t-health/web  degraded: 0 of 1 replica is available; pod web-"));
        assertTrue("with what explains it", out.contains("event "));

        assertEquals(4, run(with(where, "health", "--app=web", "-o", "json")));
        JsonNode json = new ObjectMapper().readTree(out);
        assertEquals(2, json.path("objects").size());
        assertFalse(json.path("healthy").asBoolean(true));

        assertEquals(2, run(with(where, "health", "--app=other")));
        assertTrue(err, err.startsWith("error: there is no app \"other\" in namespace \"t-health\""));
        assertEquals(3, run("health", "--app=web", "--kubeconfig=" + gone(cluster)));
        assertTrue(err, err.contains("cannot be reached"));
    }

    /** A kubeconfig of the cluster with an address at which nothing listens. */
    private String gone(TestCluster cluster) throws Exception {
        String text = Files.readString(cluster.kubeconfig());
        return file("gone", text.replace(cluster.server().toString(), "https://127.0.0.1:1"));
    }

    private static String[] with(List<String> where, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(where);
        return all.toArray(String[]::new);
    }
}
