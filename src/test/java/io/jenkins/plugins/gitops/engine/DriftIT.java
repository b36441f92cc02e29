package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What somebody changed by hand is found, with the field, both values, and who did it. */
public class DriftIT {

    private static final String SERVICE =
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              ports:
                - name: http
                  port: 80
                  targetPort: 8080
            """;

    @Rule
    public final EngineRule engine = new EngineRule();

    @Before
    public void synced() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Run the web");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    @Test
    public void aScaledDeploymentIsDriftAndIsHealed() throws Exception {
        engine.kubectl("scale", "deployment/web", "--replicas=5");
        FieldChange field = onlyField(engine.drift(), "Deployment", "web");
        assertEquals("spec.replicas", field.path());
        assertEquals(5, field.live().asInt());
        assertEquals(2, field.desired().asInt());
        // The API server writes no time for a change by the scale subresource.
        assertEquals("kubectl", field.manager());
        assertHealed();
        assertEquals("2", engine.kubectl("get", "deployment/web", "-o", "jsonpath={.spec.replicas}"));
    }

    @Test
    public void anImageIsNamedByItsContainer() throws Exception {
        engine.kubectl("set", "image", "deployment/web", "web=web:hacked");
        FieldChange field = onlyField(engine.drift(), "Deployment", "web");
        assertEquals("spec.template.spec.containers[name=web].image", field.path());
        assertEquals("web:hacked", field.live().asText());
        assertEquals("kubectl-set", field.manager());
        assertNotNull(field.changedAt());
        assertHealed();
    }

    @Test
    public void aChangedLabelIsDriftByKubectlLabel() throws Exception {
        engine.kubectl("label", "configmap/settings", "tier=other", "--overwrite");
        FieldChange field = onlyField(engine.drift(), "ConfigMap", "settings");
        assertEquals("metadata.labels.tier", field.path());
        assertEquals("kubectl-label", field.manager());
        assertHealed();
    }

    @Test
    public void aRemovedLabelIsDrift() throws Exception {
        engine.kubectl("label", "configmap/settings", "tier-");
        FieldChange field = onlyField(engine.drift(), "ConfigMap", "settings");
        assertEquals("metadata.labels.tier", field.path());
        assertEquals(null, field.live());
        assertEquals("config", field.desired().asText());
        assertHealed();
    }

    /** It leaves no trace in {@code managedFields}, and the quantity keeps the object from being proven in sync. */
    @Test
    public void exchangedItemsOfAListAreDriftAndAreExchangedBack() throws Exception {
        String env = "env: [{name: FIRST, value: '1'}, {name: SECOND, value: '2'}]";
        engine.repository()
                .write(
                        "worker.yaml",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: worker}
                        spec:
                          selector: {matchLabels: {app: worker}}
                          template:
                            metadata: {labels: {app: worker}}
                            spec:
                              containers:
                                - name: worker
                                  image: worker:1
                                  resources: {requests: {cpu: 1000m}}
                                  %s
                        """
                                .formatted(env));
        engine.repository().commit("Run a worker");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        assertEquals(Status.IN_SYNC, engine.drift().status());

        engine.kubectl(
                "patch",
                "deployment/worker",
                "--type=json",
                "-p",
                "[{\"op\":\"move\",\"from\":\"/spec/template/spec/containers/0/env/1\","
                        + "\"path\":\"/spec/template/spec/containers/0/env/0\"}]");
        assertEquals("SECOND FIRST", names());
        assertEquals(Status.OUT_OF_SYNC, engine.drift().status());
        assertHealed();
        assertEquals("FIRST SECOND", names());
    }

    private String names() throws Exception {
        return engine.kubectl(
                        "get", "deployment/worker", "-o", "jsonpath={.spec.template.spec.containers[0].env[*].name}")
                .trim();
    }

    @Test
    public void anAddedLabelIsReportedAndLeft() throws Exception {
        engine.kubectl("label", "deployment/web", "owner=me");
        Report drift = engine.drift();
        assertEquals(Status.OUT_OF_SYNC, drift.status());
        ObjectReport web = engine.object(drift, "Deployment", "web");
        assertEquals(Action.NONE, web.action());
        assertEquals(Cause.DRIFT, web.cause());
        assertEquals(1, web.additions().size());
        assertEquals("metadata.labels.owner", web.additions().get(0).path());
        assertEquals("me", web.additions().get(0).live().asText());
        assertEquals("kubectl-label", web.additions().get(0).manager());
    }

    @Test
    public void anAddedLabelIsDriftEvenWhereNothingIsKnownOfTheLastSync() throws Exception {
        engine.kubectl("label", "deployment/web", "owner=me");
        engine.kubectl("delete", "configmap/gitops-app");
        assertEquals(
                Cause.DRIFT, engine.object(engine.drift(), "Deployment", "web").cause());
    }

    @Test
    public void whatWasAddedByHandIsRemovedWhereThatIsAskedFor() throws Exception {
        engine.kubectl("label", "deployment/web", "owner=me");
        engine.kubectl("annotate", "deployment/web", "note=later");
        engine.kubectl(
                "patch",
                "deployment/web",
                "-p",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"sidecar\",\"image\":\"s:1\"}]}}}}");
        ObjectReport web = engine.object(engine.drift(), "Deployment", "web");
        assertEquals(
                List.of(
                        "metadata.annotations.note",
                        "metadata.labels.owner",
                        "spec.template.spec.containers[name=sidecar]"),
                web.additions().stream().map(FieldChange::path).sorted().toList());
        Report sync = engine.run(engine.request(Command.SYNC).withDrift(new DriftPolicy(AdditionsPolicy.REVERT)));
        assertEquals(sync.toString(), Status.IN_SYNC, sync.status());
        assertEquals(Status.IN_SYNC, engine.drift().status());
        assertEquals(
                "web",
                engine.kubectl("get", "deployment/web", "-o", "jsonpath={.spec.template.spec.containers[*].name}"));
    }

    @Test
    public void aWorkloadWithoutReplicasInGitThatWasScaledByHandIsDrift() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1").replace("  replicas: 2\n", ""));
        engine.repository().commit("Leave the number to the server");
        engine.sync();
        assertEquals(Status.IN_SYNC, engine.drift().status());
        engine.kubectl("scale", "deployment/web", "--replicas=4");
        ObjectReport web = engine.object(engine.drift(), "Deployment", "web");
        assertEquals("spec.replicas", web.additions().get(0).path());
        assertEquals("scaled by hand; the server keeps no record of who did it", web.message());
        engine.run(engine.request(Command.SYNC).withDrift(new DriftPolicy(AdditionsPolicy.REVERT)));
        assertEquals("1", engine.kubectl("get", "deployment/web", "-o", "jsonpath={.spec.replicas}"));

        engine.kubectl("autoscale", "deployment/web", "--min=3", "--max=5", "--cpu=50%");
        engine.kubectl("scale", "deployment/web", "--replicas=4");
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void driftIsCountedWhereGitHasMovedOnToo() throws Exception {
        engine.kubectl("scale", "deployment/web", "--replicas=5");
        engine.repository().write("web.yaml", Manifests.deployment("web", 2, "web:2"));
        engine.repository().commit("Update the web");
        Report sync = engine.sync();
        ObjectReport web = engine.object(sync, "Deployment", "web");
        assertEquals(
                List.of(Cause.DRIFT, Cause.PENDING),
                web.fields().stream().map(FieldChange::cause).toList());
        assertTrue(web.drifted());
        assertEquals(1, sync.counts().drifted());
    }

    @Test
    public void aSecretsDeclaredTextIsNoAddition() throws Exception {
        engine.repository()
                .write(
                        "db.yaml",
                        """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: db
                stringData:
                  password: first
                """);
        engine.repository().commit("Give the database a password");
        engine.sync();
        engine.kubectl("patch", "secret/db", "-p", "{\"stringData\":{\"password\":\"other\"}}");
        ObjectReport db = engine.object(engine.drift(), "Secret", "db");
        assertEquals("data.password", db.fields().get(0).path());
        assertEquals(List.of(), db.additions());
        engine.run(engine.request(Command.SYNC).withDrift(new DriftPolicy(AdditionsPolicy.REVERT)));
        assertEquals("Zmlyc3Q=", engine.kubectl("get", "secret/db", "-o", "jsonpath={.data.password}"));
    }

    @Test
    public void aDeletedObjectIsDriftAndComesBack() throws Exception {
        engine.kubectl("delete", "configmap/settings");
        Report drift = engine.drift();
        assertEquals(Status.OUT_OF_SYNC, drift.status());
        ObjectReport settings = engine.object(drift, "ConfigMap", "settings");
        assertEquals(Action.CREATE, settings.action());
        assertEquals(Cause.DRIFT, settings.cause());
        assertEquals("deleted in the cluster", settings.message());
        assertHealed();
    }

    @Test
    public void anObjectMadeAgainByHandIsDrift() throws Exception {
        engine.kubectl("delete", "configmap/settings");
        engine.kubectl("create", "configmap", "settings", "--from-literal=colour=blue");
        Report drift = engine.drift();
        assertEquals(Status.OUT_OF_SYNC, drift.status());
        assertEquals(Cause.DRIFT, engine.object(drift, "ConfigMap", "settings").cause());
        assertHealed();
    }

    @Test
    public void driftIsToldApartFromWhatIsPending() throws Exception {
        engine.kubectl("scale", "deployment/web", "--replicas=5");
        engine.repository().write("web.yaml", Manifests.deployment("web", 2, "web:2"));
        engine.repository().commit("Release 2");
        ObjectReport web = engine.object(engine.plan(), "Deployment", "web");
        assertEquals(2, web.fields().size());
        for (FieldChange field : web.fields()) {
            assertEquals(
                    field.toString(),
                    field.path().equals("spec.replicas") ? Cause.DRIFT : Cause.PENDING,
                    field.cause());
        }
    }

    @Test
    public void aPortThatWasChangedByHandIsDriftAndIsHealed() throws Exception {
        syncService();
        // The port's number is its key: the server takes this for another port of the same name.
        patchPort(7777);
        Report drift = engine.drift();
        assertEquals(drift.toString(), Status.OUT_OF_SYNC, drift.status());
        ObjectReport service = engine.object(drift, "Service", "web");
        assertEquals(Cause.DRIFT, service.cause());
        assertEquals(
                List.of("spec.ports[port=7777,protocol=TCP]", "spec.ports[port=80,protocol=TCP]"),
                service.fields().stream().map(FieldChange::path).sorted().toList());
        assertHealed();
        assertEquals("80", ports());
        assertFalse(managers("service/web").contains("Update"));

        // The port is wholly ours again: it leaves the object with Git.
        engine.repository().write("service.yaml", SERVICE.replace("port: 80", "port: 81"));
        engine.repository().commit("Move the port");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        assertEquals("81", ports());
    }

    @Test
    public void aPortThatWasChangedBackIsNoAddition() throws Exception {
        syncService();
        patchPort(7777);
        patchPort(80);
        engine.sync();
        assertEquals(Status.IN_SYNC, engine.drift().status());
        Report sync = engine.run(engine.request(Command.SYNC).withDrift(new DriftPolicy(AdditionsPolicy.REVERT)));
        assertEquals(sync.toString(), Status.IN_SYNC, sync.status());
        assertEquals("80", ports());
    }

    @Test
    public void aPortThatWasAddedToOneWithoutAProtocolInGitIsAnAddition() throws Exception {
        syncService();
        engine.kubectl(
                "patch",
                "service/web",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/spec/ports/-\",\"value\":{\"name\":\"dns\",\"port\":80,\"protocol\":\"UDP\"}}]");
        ObjectReport service = engine.object(engine.drift(), "Service", "web");
        assertEquals(
                List.of("spec.ports[port=80,protocol=UDP]"),
                service.additions().stream().map(FieldChange::path).toList());
    }

    @Test
    public void aControllersFieldsAreNoDrift() throws Exception {
        engine.kubectl(
                "patch",
                "deployment/web",
                "--field-manager=vpa-recommender",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"annotations\":{\"recommended\":\"1\"}}}");
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    private void syncService() throws Exception {
        engine.repository().write("service.yaml", SERVICE).commit("Serve the web");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    private void patchPort(int port) throws Exception {
        engine.kubectl(
                "patch",
                "service/web",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/port\",\"value\":" + port + "}]");
    }

    private String ports() throws Exception {
        return engine.kubectl("get", "service/web", "-o", "jsonpath={.spec.ports[*].port}");
    }

    private String managers(String object) throws Exception {
        return engine.kubectl(
                "get", object, "--show-managed-fields", "-o", "jsonpath={.metadata.managedFields[*].operation}");
    }

    private FieldChange onlyField(Report report, String kind, String name) {
        assertEquals(report.toString(), Status.OUT_OF_SYNC, report.status());
        assertEquals(1, report.counts().drifted());
        ObjectReport object = engine.object(report, kind, name);
        assertEquals(Cause.DRIFT, object.cause());
        assertEquals(object.toString(), 1, object.fields().size());
        return object.fields().get(0);
    }

    private void assertHealed() throws Exception {
        Report sync = engine.sync();
        assertEquals(sync.toString(), Status.IN_SYNC, sync.status());
        Report drift = engine.drift();
        assertEquals(drift.toString(), Status.IN_SYNC, drift.status());
        assertTrue(drift.objects().stream().allMatch(object -> object.cause() == null));
    }
}
