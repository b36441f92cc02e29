package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import org.junit.Rule;
import org.junit.Test;

/** The main job on a real API server: apply, again, change, prune. */
public class SyncIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void firstSyncCreatesEverythingAndTheSecondDoesNothing() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        String commit = engine.repository().commit("Run the web");

        Report first = engine.sync();
        assertEquals(first.toString(), Status.IN_SYNC, first.status());
        assertEquals(2, first.counts().created());
        assertEquals(commit, first.revision().commit());
        assertEquals("blue", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}"));
        assertEquals("2", engine.kubectl("get", "deployment/web", "-o", "jsonpath={.spec.replicas}"));

        Report second = engine.sync();
        assertEquals(Status.IN_SYNC, second.status());
        assertEquals(2, second.counts().unchanged());
        assertEquals(commit, second.lastSynced());
        assertEquals(Status.IN_SYNC, engine.drift().status());
        assertEquals(Status.IN_SYNC, engine.plan().status());
    }

    @Test
    public void aChangeInGitIsPendingUntilItIsSynced() throws Exception {
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Blue");
        engine.sync();
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "green"));
        engine.repository().commit("Green");

        Report plan = engine.plan();
        assertEquals(Status.OUT_OF_SYNC, plan.status());
        var settings = engine.object(plan, "ConfigMap", "settings");
        assertEquals(Action.UPDATE, settings.action());
        assertEquals(Cause.PENDING, settings.cause());
        assertEquals(1, settings.fields().size());
        assertEquals("data.colour", settings.fields().get(0).path());
        assertEquals("blue", settings.fields().get(0).live().asText());
        assertEquals("green", settings.fields().get(0).desired().asText());
        assertEquals("blue", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}"));

        assertEquals(1, engine.sync().counts().updated());
        assertEquals("green", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}"));
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void anEarlierRevisionCanBeSynced() throws Exception {
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        String blue = engine.repository().commit("Blue");
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "green"));
        engine.repository().commit("Green");

        SyncRequest head = engine.request(Command.SYNC);
        RepositoryRequest earlier = new RepositoryRequest(
                head.repository().repo(), blue.substring(0, 8), false, RepositoryPolicy.localAndRemote(), null);
        SyncRequest request = SyncRequest.of(Command.SYNC, earlier)
                .withApp("app")
                .withNamespace(engine.namespace())
                .withHealth(head.health());
        assertEquals(Status.IN_SYNC, engine.run(request).status());
        assertEquals("blue", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}"));
    }

    @Test
    public void whatIsNotCommittedIsNotApplied() throws Exception {
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Blue");
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "green"));
        assertEquals(Status.IN_SYNC, engine.sync().status());
        assertEquals("blue", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}"));
    }

    @Test
    public void customResourcesComeWithTheirDefinitionAndNamespaceInOneSync() throws Exception {
        String group = engine.namespace() + ".example.org";
        engine.repository()
                .write(
                        "all.yaml",
                        """
                apiVersion: %1$s/v1
                kind: Widget
                metadata:
                  name: first
                  namespace: %2$s-new
                spec:
                  size: 3
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %2$s-new
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: widgets.%1$s
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec:
                              type: object
                              properties:
                                size: {type: integer}
                """
                                .formatted(group, engine.namespace()));
        engine.repository().commit("Define and use widgets");
        Report report = engine.sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals(3, report.counts().created());
        assertEquals(
                "3",
                engine.kubectl(
                        "get",
                        "widgets." + group + "/first",
                        "--namespace=" + engine.namespace() + "-new",
                        "-o",
                        "jsonpath={.spec.size}"));
        Report again = engine.sync();
        assertEquals(again.toString(), 3, again.counts().unchanged());
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void aFieldThatKubectlAppliedLeavesTheObjectWithGit() throws Exception {
        engine.kubectlWith(
                Manifests.configMap("settings", "colour", "blue").replace("\ndata:\n", "\ndata:\n  extra: \"1\"\n"),
                "apply",
                "-f",
                "-");
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Take over");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        String json = engine.kubectl("get", "configmap/settings", "--show-managed-fields", "-o", "json");
        assertFalse(json, json.contains("kubectl-client-side-apply"));
        assertFalse(json, json.contains("last-applied-configuration"));
        assertEquals("", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.extra}"));
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void aSecretsValuesAreInNoReport() throws Exception {
        engine.repository()
                .write(
                        "secret.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: db}
                        stringData: {password: tops3cret-one}
                        """);
        engine.repository().commit("Add the password");
        Report first = engine.sync();
        engine.repository()
                .write(
                        "secret.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: db}
                        stringData: {password: tops3cret-two}
                        """);
        engine.repository().commit("Change the password");
        Report plan = engine.plan();
        assertEquals(Status.OUT_OF_SYNC, plan.status());
        assertTrue(engine.object(plan, "Secret", "db").fields().stream()
                .anyMatch(field -> field.path().equals("data.password")));
        for (Report report : new Report[] {first, plan, engine.sync()}) {
            assertFalse(report.toString(), report.toString().contains("tops3cret"));
            assertFalse(report.toString(), report.toString().contains("dG9wczNjcmV0"));
        }
    }
}
