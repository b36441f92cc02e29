package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthExpression;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** Rollouts that come to a good end, to a bad one, or to none, on real controllers. */
public class HealthIT {

    /** Kinds whose status says nothing of health; the generic rule takes them for healthy. */
    private static final Set<String> SILENT = Set.of(
            "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io", "StorageVersion.internal.apiserver.k8s.io");

    @Rule
    public final EngineRule engine = new EngineRule(true);

    @After
    public void noWatchIsLeft() {
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("gitops-watch"))
                .toList();
        assertEquals(List.of(), left);
    }

    private Report sync(HealthPolicy policy, String... files) throws Exception {
        for (int i = 0; i < files.length; i++) {
            engine.repository().write("object-" + i + ".yaml", files[i]);
        }
        engine.repository().commit("Change");
        return engine.run(engine.request(Command.SYNC).withHealth(policy));
    }

    private static HealthPolicy within(int seconds) {
        return new HealthPolicy(true, Duration.ofSeconds(seconds));
    }

    @Test
    public void anImageThatIsNeverPulledEndsTheWaitAfterTheGrace() throws Exception {
        long start = System.nanoTime();
        Report report = sync(
                within(120).withPullGrace(Duration.ofSeconds(2)),
                Manifests.deployment("web", 1, "registry.invalid/web:1"));
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertTrue("long before the timeout", System.nanoTime() - start < 60_000_000_000L);
        Health health = engine.object(report, "Deployment", "web").health();
        assertTrue(health.toString(), health.terminal());
        assertTrue(
                health.message(),
                health.message().startsWith("the image registry.invalid/web:1 could not be pulled for 2 s; "));
        assertTrue(report.message(), report.message().startsWith("failed for good: "));
    }

    @Test
    public void aRolloutThatNeverBecomesReadyNamesThePodsReasonAndItsEvents() throws Exception {
        Report report = sync(within(6), Manifests.deployment("web", 1, "registry.invalid/web:1"));
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        Health health = engine.object(report, "Deployment", "web").health();
        assertFalse(health.toString(), health.terminal());
        assertTrue(
                health.message(),
                health.message().matches("0 of 1 replica is available; pod web-.*: container web: .*ImagePull.*"));
        assertTrue(
                health.details().toString(),
                health.details().stream().anyMatch(line -> line.matches("event .* Pod/web-.*")));
    }

    @Test
    public void aJobThatFailsEndsTheWaitAndSaysHowItsPodEnded() throws Exception {
        Report report = sync(
                within(120),
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate}
                spec:
                  backoffLimit: 0
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: migrate, image: "migrate:1", command: ["false"]}]
                """);
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        Health health = engine.object(report, "Job", "migrate").health();
        assertTrue(health.toString(), health.terminal());
        assertTrue(health.message(), health.message().startsWith("failed; BackoffLimitExceeded: "));
        assertTrue(health.message(), health.message().contains("container migrate exited with code 1"));
    }

    @Test
    public void aStatefulSetWithAPartitionIsHealthyWhenThePodsBehindItAreUpdated() throws Exception {
        String set =
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  replicas: 3
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      containers: [{name: db, image: "db:%d"}]
                """;
        assertEquals(Status.IN_SYNC, sync(within(60), set.formatted(1)).status());
        Report report = sync(within(60), set.formatted(2));
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals(
                Health.healthy("partition 2: 1 of 3 replicas are updated"),
                engine.object(report, "StatefulSet", "db").health());
    }

    @Test
    public void aCustomResourceIsJudgedByTheUsersExpressions() throws Exception {
        String group = engine.namespace() + ".example.org";
        String crd =
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: databases.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {plural: databases, singular: database, kind: Database}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema:
                        openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """
                        .formatted(group);
        String database = "apiVersion: " + group + "/v1\nkind: Database\nmetadata: {name: main}\n";
        HealthPolicy policy = within(3)
                .withExpressions(List.of(new HealthExpression(
                        group + "/v1", "Database", "status.phase == 'Running'", null, "status.phase == 'Corrupt'")));
        Report report = sync(policy, crd, database);
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertEquals(
                HealthStatus.UNKNOWN,
                engine.object(report, "Database", "main").health().status());
        engine.kubectl(
                "patch",
                "databases." + group,
                "main",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"phase\":\"Running\"}}");
        report = engine.run(engine.request(Command.SYNC).withHealth(policy));
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
    }

    @Test
    public void theHealthOfAnAppIsToldLive() throws Exception {
        assertEquals(
                Status.IN_SYNC,
                sync(within(60), Manifests.deployment("web", 2, "web:1"), Manifests.configMap("a", "b", "c"))
                        .status());
        HealthCheck check = new HealthCheck(within(0).withLogLines(5));
        HealthReport healthy = check.ofApp(engine.access(), "app", engine.namespace(), ProgressListener.SILENT);
        assertEquals(healthy.json(), 0, healthy.exitCode());
        engine.kubectl("delete", "configmap", "a");
        HealthReport missing = new HealthCheck(new HealthPolicy(false, Duration.ZERO))
                .ofApp(engine.access(), "app", engine.namespace(), ProgressListener.SILENT);
        assertEquals(missing.json(), 4, missing.exitCode());
        assertTrue(missing.json(), missing.json().contains("\"status\" : \"Missing\""));
        assertThrows(
                BadInputException.class,
                () -> check.ofApp(engine.access(), "other", engine.namespace(), ProgressListener.SILENT));
    }

    @Test
    public void everyBuiltInKindWithAStatusHasARule() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Set<String> without = new TreeSet<>();
        Set<String> paths = new TreeSet<>(Set.of("/api/v1"));
        // The server's own groups alone: those of CRDs and of extension API servers, which other tests may have
        // left behind (and nobody answers for), are none of Kubernetes'.
        json.readTree(engine.kubectl(
                        "get", "apiservices", "-l", "kube-aggregator.kubernetes.io/automanaged=onstart", "-o", "json"))
                .path("items")
                .forEach(service -> {
                    JsonNode spec = service.path("spec");
                    if (!spec.path("group").asText().isEmpty()) {
                        paths.add("/apis/" + spec.path("group").asText() + "/"
                                + spec.path("version").asText());
                    }
                });
        int seen = 0;
        for (String path : paths) {
            String group = path.equals("/api/v1") ? "" : "." + path.split("/")[2];
            for (JsonNode resource :
                    json.readTree(engine.kubectl("get", "--raw", path)).path("resources")) {
                if (resource.path("name").asText().endsWith("/status")) {
                    String groupKind = resource.path("kind").asText() + group;
                    seen++;
                    if (!HealthRules.standard().knows(groupKind) && !SILENT.contains(groupKind)) {
                        without.add(groupKind);
                    }
                }
            }
        }
        assertTrue("discovery works", seen > 20);
        assertEquals(Set.of(), without);
    }
}
