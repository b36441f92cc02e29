package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

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
    public final CommandLineRule gitops = new CommandLineRule();

    private String file(String name, String text) throws IOException {
        return gitops.write(name, text).toString();
    }

    @Test
    public void ofFilesIsToldAsTheyStandThere() throws Exception {
        String healthy = file("healthy.yaml", HEALTHY);
        String failed = file("failed.yaml", FAILED);
        gitops.assertExit(0, gitops.run("health", "-f", healthy));
        assertEquals(
                """
                PersistentVolumeClaim/shop/data  healthy
                CronJob/shop/nightly  suspended: spec.suspend is true
                1 healthy, 1 suspended
                """,
                gitops.out());

        gitops.assertExit(4, gitops.run("health", "-f", healthy, "-f", failed, "--quiet"));
        assertEquals(
                """
                Job/shop/migrate  degraded: failed; BackoffLimitExceeded: too often
                1 healthy, 1 degraded, 1 suspended
                """,
                gitops.out());

        gitops.assertExit(4, gitops.run("health", "-f", failed, "-o", "json"));
        JsonNode json = new ObjectMapper().readTree(gitops.out());
        assertFalse(json.path("healthy").asBoolean(true));
        JsonNode job = json.path("objects").get(0);
        assertEquals("batch/v1", job.path("apiVersion").asText());
        assertEquals("Degraded", job.path("status").asText());
        assertTrue(job.path("terminal").asBoolean());
        assertEquals("", gitops.err());
    }

    @Test
    public void whatCannotBeReadIsBadInput() throws Exception {
        gitops.assertExit(2, gitops.run("health", "-f", gitops.file("none.yaml").toString()));
        assertTrue(gitops.err(), gitops.err().startsWith("error: there is no file "));
        gitops.assertExit(2, gitops.run("health", "-f", file("empty.yaml", "# nothing\n")));
        assertTrue(gitops.err(), gitops.err().startsWith("error: there are no objects in "));
        gitops.assertExit(2, gitops.run("health", "-f", file("broken.yaml", "kind: [\n"), "-o", "json"));
        assertTrue(gitops.err(), gitops.err().contains("broken.yaml:"));
        assertEquals("no half document", "", gitops.out());
        gitops.assertExit(2, gitops.run("health"));
        assertTrue(gitops.err(), gitops.err().contains("--app"));
        gitops.assertExit(2, gitops.run("health", "--app", "shop", "-f", "x.yaml"));
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
        gitops.assertExit(0, gitops.run("health", "-f", object));
        gitops.assertExit(4, gitops.run("health", "-f", object, "--health-exprs", rules));
        assertTrue(gitops.out(), gitops.out().startsWith("Database/main  progressing"));
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
        Path repo = gitops.commit("repo");
        List<String> where = List.of("--kubeconfig=" + cluster.kubeconfig(), "--namespace=" + namespace);
        gitops.assertExit(0, gitops.run(with(where, "sync", "--repo=" + repo, "--path=web", "--no-wait")));

        // The controllers need a while until there is a pod, and something to say of it.
        long end = System.nanoTime() + 120_000_000_000L;
        do {
            gitops.assertExit(4, gitops.run(with(where, "health", "--app=web", "--wait", "--timeout=3s")));
        } while (!gitops.out().contains("event ") && System.nanoTime() < end);
        assertTrue(gitops.out(), gitops.out().contains("Namespace/t-health  healthy"));
        assertTrue(
                gitops.out(),
                gitops.out().contains("Deployment/t-health/web  degraded: 0 of 1 replica is available; pod web-"));
        assertTrue("with what explains it", gitops.out().contains("event "));

        gitops.assertExit(4, gitops.run(with(where, "health", "--app=web", "-o", "json")));
        JsonNode json = new ObjectMapper().readTree(gitops.out());
        assertEquals(2, json.path("objects").size());
        assertFalse(json.path("healthy").asBoolean(true));

        gitops.assertExit(2, gitops.run(with(where, "health", "--app=other")));
        assertTrue(gitops.err(), gitops.err().startsWith("error: there is no app \"other\" in namespace \"t-health\""));
        gitops.assertExit(3, gitops.run("health", "--app=web", "--kubeconfig=" + gone(cluster)));
        assertTrue(gitops.err(), gitops.err().contains("cannot be reached"));
    }

    /** A kubeconfig of the cluster with an address at which nothing listens. */
    private String gone(TestCluster cluster) throws Exception {
        String text = Files.readString(cluster.kubeconfig());
        return file("gone", text.replace(cluster.server().toString(), "https://127.0.0.1:1"));
    }

    private static List<String> with(List<String> where, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(where);
        return all;
    }
}
