package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.plan.IgnoredField;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.RuleMatch;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** An ignored field is no difference, and a sync leaves it as it is. */
public class IgnoreIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Before
    public void synced() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"))
                .commit("Run the web");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    @Test
    public void anIgnoredFieldIsNoDriftAndIsNotOverwritten() throws Exception {
        rules("ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]");
        engine.kubectl("scale", "deployment/web", "--replicas=5");
        Report drift = engine.drift();
        assertEquals(drift.toString(), Status.IN_SYNC, drift.status());
        List<IgnoredField> ignored = engine.object(drift, "Deployment", "web").ignored();
        assertEquals(1, ignored.size());
        assertEquals("spec.replicas", ignored.get(0).path());
        assertEquals("apps/Deployment: /spec/replicas", ignored.get(0).rule());
        assertEquals(".gitops.yaml:1:21", ignored.get(0).source().toString());
        assertEquals(1, RuleMatch.of(drift).size());

        // Nor by a sync that has something else to change, nor by the one after it.
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:2"))
                .commit("Release 2");
        Report sync = engine.sync();
        assertEquals(sync.toString(), Status.IN_SYNC, sync.status());
        assertEquals("5 web:2", state());
        assertEquals(0, engine.sync().counts().updated());
        assertEquals("5 web:2", state());
    }

    @Test
    public void anIgnoredFieldThatIsStillOursStaysAsItIs() throws Exception {
        rules("ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]");
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 4, "web:1"))
                .commit("Want four");
        assertEquals(0, engine.sync().counts().updated());
        assertEquals("2 web:1", state());
        // It left Git: still nobody's business.
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 4, "web:2").replace("  replicas: 4\n", ""))
                .commit("Want any number");
        assertEquals(1, engine.sync().counts().updated());
        assertEquals("2 web:2", state());
        // The rule left, too: now Git is what counts.
        engine.repository().delete(".gitops.yaml").commit("Ignore nothing");
        engine.sync();
        assertEquals("1 web:2", state());
    }

    @Test
    public void aNewObjectGetsEverything() throws Exception {
        rules("ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]");
        engine.kubectl("delete", "deployment/web");
        engine.sync();
        assertEquals("2 web:1", state());
    }

    @Test
    public void anItemThatSomebodyInjectedIsIgnoredByAJqPath() throws Exception {
        rules(
                """
                ignoreDifferences:
                  - group: apps
                    kind: Deployment
                    name: web
                    jqPathExpressions:
                      - '.spec.template.spec.containers[] | select(.name == "sidecar")'
                """);
        engine.kubectl(
                "patch",
                "deployment/web",
                "-p",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"sidecar\",\"image\":\"s:1\"}]}}}}");
        assertIgnored("Deployment", "web", "spec.template.spec.containers[name=sidecar]");
        Report sync = engine.run(engine.request(Command.SYNC).withDrift(new DriftPolicy(AdditionsPolicy.REVERT)));
        assertEquals(sync.toString(), 0, sync.counts().updated());
    }

    @Test
    public void whatAManagerOwnsIsIgnored() throws Exception {
        rules("ignoreDifferences: [{kind: ConfigMap, managedFieldsManagers: [tuner]}]");
        engine.kubectl(
                "patch",
                "configmap/settings",
                "--field-manager=tuner",
                "-p",
                "{\"data\":{\"colour\":\"red\",\"extra\":\"x\"}}");
        assertIgnored("ConfigMap", "settings", "data.colour", "data.extra");
        engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"other\":\"y\"}}");
        Report drift = engine.drift();
        assertEquals(
                List.of("data.other"),
                engine.object(drift, "ConfigMap", "settings").additions().stream()
                        .map(FieldChange::path)
                        .toList());
    }

    @Test
    public void fluxsFormAndTheRequestsRules() throws Exception {
        engine.kubectl("label", "configmap/settings", "tier=other", "owner=me", "--overwrite");
        IgnoreRules rules = IgnoreRules.read(
                "rules.yaml",
                "ignore: [{paths: [/metadata/labels], target: {kind: ConfigMap}}]".getBytes(StandardCharsets.UTF_8));
        SyncRequest request = engine.request(Command.DRIFT).withDrift(DriftPolicy.DEFAULT.withIgnore(rules));
        assertEquals(Status.IN_SYNC, engine.run(request).status());
        assertEquals(Status.OUT_OF_SYNC, engine.drift().status());
        Report sync = engine.run(engine.request(Command.SYNC).withDrift(DriftPolicy.DEFAULT.withIgnore(rules)));
        assertEquals(sync.toString(), 0, sync.counts().updated());
        assertTrue(engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.metadata.labels}")
                .contains("applyset.kubernetes.io/part-of"));
    }

    @Test
    public void aRuleThatIsWrongIsBadInput() throws Exception {
        rules("ignoreDifferences: [{kind: ConfigMap, jqPathExpressions: ['.data | length']}]");
        Report drift = engine.drift();
        assertEquals(Status.INVALID, drift.status());
        assertEquals(
                ".gitops.yaml:1:21: ConfigMap/" + engine.namespace()
                        + "/settings: \".data | length\" is no path: it gives a value that is computed",
                drift.problems().get(0).toString());
        rules("ignore: [{path: [/a]}]");
        assertEquals(Status.INVALID, engine.drift().status());
    }

    private void rules(String text) throws Exception {
        engine.repository().write(".gitops.yaml", text).commit("Ignore something");
    }

    private String state() throws Exception {
        return engine.kubectl(
                "get", "deployment/web", "-o", "jsonpath={.spec.replicas} {.spec.template.spec.containers[0].image}");
    }

    private void assertIgnored(String kind, String name, String... paths) throws Exception {
        Report drift = engine.drift();
        assertEquals(drift.toString(), Status.IN_SYNC, drift.status());
        assertEquals(
                List.of(paths),
                engine.object(drift, kind, name).ignored().stream()
                        .map(IgnoredField::path)
                        .sorted()
                        .toList());
    }
}
