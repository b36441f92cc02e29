package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.junit.Rule;
import org.junit.Test;

/** An app goes as a whole, in order, and only when somebody has said that it is meant. */
public class DeleteIT {

    @Rule
    public final EngineRule engine = new EngineRule(true);

    private final Recorder recorder = new Recorder();

    private static String hook(String name, String phase, String command) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %s, annotations: {argocd.argoproj.io/hook: %s}}
                spec:
                  backoffLimit: 0
                  template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: %s}]}}
                """
                .formatted(name, phase, command);
    }

    private static String kept(String name, String annotation) {
        return Manifests.configMap(name, "a", "b")
                .replaceFirst("metadata:\n", "metadata:\n  annotations: {" + annotation + "}\n");
    }

    private Report delete(boolean agreed) throws Exception {
        return engine.run(engine.request(Command.DELETE).withApply(ApplyPolicy.DEFAULT.withDeletion(agreed)), recorder);
    }

    private void app(String preDelete) throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 1, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "a", "b"))
                .write("kept.yaml", kept("kept", "gitops.jenkins.io/delete: disabled"))
                .write("asked.yaml", kept("asked", "argocd.argoproj.io/sync-options: Delete=confirm"))
                .write("unpruned.yaml", kept("unpruned", "argocd.argoproj.io/sync-options: Prune=confirm"))
                .write("pre.yaml", hook("pre", "PreSync", "[work]"))
                .write("farewell.yaml", hook("farewell", "PreDelete", preDelete))
                .write("gone.yaml", hook("gone", "PostDelete", "[work]"));
        engine.repository().commit("An app " + preDelete);
        Report report = engine.sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
    }

    @Test
    public void everythingOfTheAppGoesInOrderWhenItIsMeant() throws Exception {
        app("[work]");
        engine.kubectl("create", "configmap", "not-ours");

        Report shown = delete(false);
        assertEquals(shown.toString(), Status.OUT_OF_SYNC, shown.status());
        assertEquals(2, shown.counts().pruned());
        assertEquals(0, shown.counts().notReached());
        assertEquals(Action.KEEP, engine.object(shown, "ConfigMap", "kept").action());
        assertEquals("deployment.apps/web", engine.kubectl("get", "deployment/web", "-o", "name"));

        Report report = delete(true);
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals("the app is deleted; 3 objects kept", report.message());
        assertEquals(2, report.counts().pruned());
        assertTrue(recorder.at("Job/farewell succeeded") < recorder.at("Deployment/web pruned"));
        assertTrue(recorder.at("Deployment/web pruned") < recorder.at("ConfigMap/settings pruned"));
        assertTrue(recorder.at("ConfigMap/settings pruned") < recorder.at("Job/gone started"));
        recorder.at("Job/gone succeeded");
        String left = engine.kubectl("get", "configmaps,deployments,jobs", "-o", "name");
        assertEquals(
                "configmap/asked\nconfigmap/kept\nconfigmap/kube-root-ca.crt\nconfigmap/not-ours\nconfigmap/unpruned",
                left);
        assertEquals("the lease goes last", "", engine.kubectl("get", "leases", "-o", "name"));
        assertEquals("there is nothing of this app in the cluster", delete(true).message());
    }

    @Test
    public void aFailedPreDeleteHookStopsIt() throws Exception {
        app("[\"false\"]");
        Report report = delete(true);
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertTrue(report.message(), report.message().contains("nothing was deleted"));
        assertEquals("deployment.apps/web", engine.kubectl("get", "deployment/web", "-o", "name"));
        assertEquals("the inventory is whole", Status.IN_SYNC, engine.drift().status());
    }
}
