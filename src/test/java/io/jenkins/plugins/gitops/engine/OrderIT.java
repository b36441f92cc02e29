package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.HtmlReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** Waves and dependencies: each is healthy before what comes after it is written, and pruning goes the other way. */
public class OrderIT {

    @Rule
    public final EngineRule engine = new EngineRule(true);

    private final Recorder recorder = new Recorder();

    private static String annotated(String manifest, String annotation) {
        return manifest.replaceFirst("metadata:\n", "metadata:\n  annotations: {" + annotation + "}\n");
    }

    private static String wave(String manifest, int wave) {
        return annotated(manifest, "argocd.argoproj.io/sync-wave: \"" + wave + "\"");
    }

    private Report sync() throws Exception {
        return engine.run(engine.request(Command.SYNC), recorder);
    }

    private Report syncWithin(int seconds) throws Exception {
        return engine.run(
                engine.request(Command.SYNC).withHealth(new HealthPolicy(true, Duration.ofSeconds(seconds))), recorder);
    }

    private static String unschedulable(String manifest) {
        return manifest + "      nodeSelector: {no-such: node}\n";
    }

    @Test
    public void eachWaveIsHealthyBeforeTheNext() throws Exception {
        engine.repository()
                .write("db.yaml", wave(Manifests.deployment("db", 1, "db:1"), -1))
                .write("web.yaml", Manifests.deployment("web", 1, "web:1"))
                .write("last.yaml", annotated(Manifests.configMap("last", "a", "b"), "gitops.jenkins.io/wave: \"3\""));
        engine.repository().commit("Three waves");
        Report report = sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertTrue(recorder.at("wave -1: 1 object") < recorder.at("Deployment/db created"));
        assertTrue(recorder.at("Deployment/db created") < recorder.at("wave 0: 1 object"));
        assertTrue(recorder.at("Deployment/web created") < recorder.at("ConfigMap/last created"));
        assertEquals(
                List.of("wave -1", "wave 0", "wave 3"),
                report.steps().stream().map(step -> step.title()).toList());
        String page = HtmlReport.page(report);
        assertTrue(page, page.contains("<h2>Order</h2>") && page.contains("wave -1"));

        Report again = sync();
        assertEquals("nothing had changed", again.message());
        assertEquals(List.of(), again.steps());
    }

    @Test
    public void aWaveThatIsNotHealthyKeepsTheNextBackAlsoInTheNextSync() throws Exception {
        engine.repository()
                .write("db.yaml", wave(unschedulable(Manifests.deployment("db", 1, "db:1")), -1))
                .write("web.yaml", Manifests.configMap("web", "a", "b"));
        engine.repository().commit("A database without a node");
        Report report = syncWithin(3);
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertTrue(report.message(), report.message().endsWith("; wave 0 and what follows was not applied"));
        assertEquals("", engine.kubectl("get", "configmap/web", "--ignore-not-found", "-o", "name"));
        assertEquals(1, report.counts().notReached());
        assertEquals(Status.UNHEALTHY, syncWithin(3).status());
        assertEquals("", engine.kubectl("get", "configmap/web", "--ignore-not-found", "-o", "name"));

        engine.repository().write("db.yaml", wave(Manifests.deployment("db", 1, "db:1"), -1));
        engine.repository().commit("Any node");
        assertEquals(Status.IN_SYNC, sync().status());
        assertEquals("configmap/web", engine.kubectl("get", "configmap/web", "-o", "name"));
    }

    @Test
    public void whatAnObjectDependsOnIsHealthyFirst() throws Exception {
        String ns = engine.namespace();
        engine.repository()
                .write(
                        "settings.yaml",
                        annotated(
                                Manifests.configMap("settings", "a", "b"),
                                "config.kubernetes.io/depends-on: apps/namespaces/" + ns + "/Deployment/db"))
                .write("db.yaml", Manifests.deployment("db", 1, "db:1"))
                .write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        engine.repository().commit("Settings of a database");
        Report report = sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertTrue(recorder.at("Deployment/db created") < recorder.at("ConfigMap/settings created"));

        engine.repository().delete("settings.yaml").delete("db.yaml").commit("Neither");
        assertEquals(Status.IN_SYNC, sync().status());
        assertTrue(recorder.at("ConfigMap/settings pruned") < recorder.at("Deployment/db pruned"));
    }

    @Test
    public void ordersThatCannotBeKeptAreToldBeforeAnythingIsWritten() throws Exception {
        String ns = engine.namespace();
        String other = "config.kubernetes.io/depends-on: /namespaces/" + ns + "/ConfigMap/";
        engine.repository()
                .write("a.yaml", annotated(Manifests.configMap("a", "a", "b"), other + "b"))
                .write("b.yaml", annotated(Manifests.configMap("b", "a", "b"), other + "a"));
        engine.repository().commit("A circle");
        Report circle = sync();
        assertEquals(Status.INVALID, circle.status());
        assertEquals(
                "a.yaml:4:17: ConfigMap/" + ns + "/a depends on itself: ConfigMap/" + ns + "/a -> ConfigMap/" + ns
                        + "/b -> ConfigMap/" + ns
                        + "/a; take one of these dependencies away: none of them could ever be the first",
                circle.problems().get(0).toString());

        engine.repository()
                .write("a.yaml", annotated(Manifests.configMap("a", "a", "b"), other + "nowhere"))
                .write(
                        "b.yaml",
                        annotated(Manifests.configMap("b", "a", "b"), other + "c, argocd.argoproj.io/sync-wave: \"1\""))
                .write("c.yaml", wave(Manifests.configMap("c", "a", "b"), 2))
                .write("d.yaml", annotated(Manifests.configMap("d", "a", "b"), "config.kubernetes.io/depends-on: c"))
                .write("e.yaml", annotated(Manifests.configMap("e", "a", "b"), "gitops.jenkins.io/wave: soon"));
        engine.repository().commit("More");
        Report more = sync();
        assertEquals(Status.INVALID, more.status());
        String told = more.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        assertTrue(told, told.contains("d.yaml:4:17: ConfigMap/d: \"c\" does not name an object"));
        assertTrue(told, told.contains("e.yaml:4:17: ConfigMap/e: \"soon\" is no whole number"));
        engine.repository().delete("d.yaml").delete("e.yaml").commit("Two less");
        told = sync().problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        assertTrue(told, told.contains("/a depends on ConfigMap/" + ns + "/nowhere, which this app does not declare"));
        assertTrue(
                told,
                told.contains("/b is in wave 1 and depends on ConfigMap/" + ns + "/c, which comes only in wave 2"));
        assertEquals("", engine.kubectl("get", "configmap/c", "--ignore-not-found", "-o", "name"));
    }

    @Test
    public void pruningGoesTheOtherWayAndWaitsForFinalizers() throws Exception {
        engine.repository()
                .write("keep.yaml", Manifests.configMap("keep", "a", "b"))
                .write("a.yaml", wave(Manifests.configMap("first", "a", "b"), 1))
                .write("b.yaml", wave(Manifests.configMap("second", "a", "b"), 2))
                .write(
                        "c.yaml",
                        annotated(
                                Manifests.configMap("last", "a", "b"),
                                "argocd.argoproj.io/sync-wave: \"3\", argocd.argoproj.io/sync-options: PruneLast=true"));
        engine.repository().commit("Waves");
        sync();
        engine.kubectl("patch", "configmap/second", "-p", "{\"metadata\":{\"finalizers\":[\"example.org/hold\"]}}");
        engine.repository().delete("a.yaml").delete("b.yaml").delete("c.yaml").commit("All of them go");
        Report held = syncWithin(2);
        assertEquals(held.toString(), Status.UNHEALTHY, held.status());
        assertTrue(held.message(), held.message().contains("finalizers hold it: example.org/hold"));
        assertEquals("configmap/first", engine.kubectl("get", "configmap/first", "-o", "name"));

        engine.kubectl("patch", "configmap/second", "-p", "{\"metadata\":{\"finalizers\":null}}");
        assertEquals(Status.IN_SYNC, sync().status());
        assertTrue(recorder.at("ConfigMap/second pruned") < recorder.at("ConfigMap/first pruned"));
        assertTrue(recorder.at("ConfigMap/first pruned") < recorder.at("ConfigMap/last pruned"));
    }

    @Test
    public void aKindThatAnotherObjectBringsIsWaitedFor() throws Exception {
        String group = engine.namespace() + ".example.org";
        String widget = "apiVersion: %s/v1\nkind: Widget\nmetadata: {name: first, annotations: {"
                + "argocd.argoproj.io/sync-wave: \"1\"%s}}\nspec: {size: 3}\n";
        engine.repository()
                .write("operator.yaml", Manifests.configMap("operator", "a", "b"))
                .write("widget.yaml", widget.formatted(group, ""));
        engine.repository().commit("A widget");
        assertEquals(Status.INVALID, sync().status());

        for (String option : List.of(
                "argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true",
                "gitops.jenkins.io/missing-kind: wait")) {
            engine.repository().write("widget.yaml", widget.formatted(group, ", " + option));
            engine.repository().commit("It may be missing: " + option);
            Report missing = syncWithin(1);
            assertEquals(missing.toString(), Status.FAILED, missing.status());
            assertTrue(
                    missing.toString(),
                    missing.problems().get(0).message().contains(group + "/v1 Widget is not served within 1 s"));
        }
        assertEquals("configmap/operator", engine.kubectl("get", "configmap/operator", "-o", "name"));

        // What an operator does of its own while the sync waits for it.
        Thread operator = new Thread(() -> bring(group));
        operator.start();
        Report report = sync();
        operator.join();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals("3", engine.kubectl("get", "widgets." + group + "/first", "-o", "jsonpath={.spec.size}"));
        assertEquals("nothing had changed", sync().message());
    }

    private void bring(String group) {
        try {
            Thread.sleep(1_500);
            engine.kubectlWith(
                    """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%1$s}
                spec:
                  group: %1$s
                  scope: Cluster
                  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
                """
                            .formatted(group),
                    "create",
                    "-f",
                    "-");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
