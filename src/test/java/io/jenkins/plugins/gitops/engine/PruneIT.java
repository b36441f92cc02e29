package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.junit.Rule;
import org.junit.Test;

/** What leaves Git leaves the cluster, and nothing else does. */
public class PruneIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void whatLeftGitIsPrunedAndNothingElse() throws Exception {
        engine.kubectl("create", "configmap", "not-ours");
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("b.yaml", Manifests.configMap("b", "key", "1"));
        engine.repository().commit("Two");
        engine.sync();
        engine.repository().delete("b.yaml").commit("One");

        Report plan = engine.plan();
        assertEquals(Status.OUT_OF_SYNC, plan.status());
        assertEquals(Action.PRUNE, engine.object(plan, "ConfigMap", "b").action());
        assertEquals(1, plan.counts().pruned());

        Report sync = engine.sync();
        assertEquals(Status.IN_SYNC, sync.status());
        assertEquals(1, sync.counts().pruned());
        String left = engine.kubectl("get", "configmaps", "-o", "name");
        assertTrue(left, left.contains("configmap/a"));
        assertTrue(left, left.contains("configmap/not-ours"));
        assertFalse(left, left.contains("configmap/b\n") || left.endsWith("configmap/b"));
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void withPruningOffItIsKeptAndSaidSo() throws Exception {
        twoThenOne();
        Report report = engine.run(engine.request(Command.SYNC).withApply(ApplyPolicy.DEFAULT.withPrune(false)));
        ObjectReport b = engine.object(report, "ConfigMap", "b");
        assertEquals(Action.KEEP, b.action());
        assertEquals("not in Git any more; pruning is off", b.message());
        assertEquals("configmap/b", engine.kubectl("get", "configmap/b", "-o", "name"));
        // Still ours: a later sync with pruning finds it.
        assertEquals(1, engine.sync().counts().pruned());
    }

    @Test
    public void annotationsOfOthersKeepAnObject() throws Exception {
        for (String annotation : new String[] {
            "gitops.jenkins.io/prune=disabled",
            "kustomize.toolkit.fluxcd.io/prune=disabled",
            "argocd.argoproj.io/sync-options=Validate=false,Prune=false"
        }) {
            engine.repository()
                    .write("a.yaml", Manifests.configMap("a", "key", "1"))
                    .write("b.yaml", Manifests.configMap("b", "key", "1"));
            engine.repository().commit("Two");
            engine.sync();
            engine.kubectl("annotate", "configmap/b", annotation);
            engine.repository().delete("b.yaml").commit("One");
            Report report = engine.sync();
            assertEquals(
                    annotation,
                    Action.KEEP,
                    engine.object(report, "ConfigMap", "b").action());
            assertEquals("configmap/b", engine.kubectl("get", "configmap/b", "-o", "name"));
            engine.kubectl("delete", "configmap/b");
        }
    }

    @Test
    public void pruningMostOfTheAppIsRefused() throws Exception {
        for (int i = 0; i < 14; i++) {
            engine.repository().write("many/" + i + ".yaml", Manifests.configMap("many-" + i, "key", "1"));
        }
        engine.repository().write("a.yaml", Manifests.configMap("a", "key", "1"));
        engine.repository().commit("Many");
        engine.sync();
        for (int i = 0; i < 11; i++) {
            engine.repository().delete("many/" + i + ".yaml");
        }
        engine.repository().commit("Few");

        Report refused = engine.sync();
        assertEquals(Status.REFUSED, refused.status());
        assertEquals(
                "the sync would prune 11 of the app's 15 objects, more than 10 and more than 50 %: nothing was done; if"
                        + " it is meant, raise the prune limit for this run",
                refused.message());
        assertEquals("configmap/many-0", engine.kubectl("get", "configmap/many-0", "-o", "name"));

        Report meant = engine.run(
                engine.request(Command.SYNC).withApply(ApplyPolicy.DEFAULT.withPruneLimit(new PruneLimit(11, 50))));
        assertEquals(Status.IN_SYNC, meant.status());
        assertEquals(11, meant.counts().pruned());
    }

    @Test
    public void aNamespaceWithObjectsOfOthersIsNotPruned() throws Exception {
        String other = engine.namespace() + "-b";
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + other + "}\n");
        engine.repository().commit("With a namespace");
        engine.sync();
        engine.kubectl("create", "configmap", "somebody-elses", "--namespace=" + other);
        engine.repository().delete("ns.yaml").commit("Without");
        Report refused = engine.sync();
        assertEquals(Status.REFUSED, refused.status());
        assertTrue(refused.message(), refused.message().contains("ConfigMap/somebody-elses"));
        engine.kubectl("delete", "configmap", "somebody-elses", "--namespace=" + other);
        assertEquals(1, engine.sync().counts().pruned());
    }

    @Test
    public void membersAreFoundAgainWhenTheInventoryIsLost() throws Exception {
        twoThenOne();
        engine.kubectl("delete", "configmap/gitops-app");
        Report report = engine.sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals(1, report.counts().pruned());
    }

    @Test
    public void kubectlSeesTheApplySet() throws Exception {
        engine.repository().write("a.yaml", Manifests.configMap("a", "key", "1"));
        engine.repository().commit("One");
        engine.sync();
        String id = engine.kubectl(
                "get", "configmap/gitops-app", "-o", "jsonpath={.metadata.labels.applyset\\.kubernetes\\.io/id}");
        assertEquals(
                "configmap/a",
                engine.kubectl("get", "configmaps", "-l", "applyset.kubernetes.io/part-of=" + id, "-o", "name"));
        assertEquals(
                "ConfigMap",
                engine.kubectl(
                        "get",
                        "configmap/gitops-app",
                        "-o",
                        "jsonpath={.metadata.annotations.applyset\\.kubernetes\\.io/contains-group-kinds}"));
    }

    private void twoThenOne() throws Exception {
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("b.yaml", Manifests.configMap("b", "key", "1"));
        engine.repository().commit("Two");
        engine.sync();
        engine.repository().delete("b.yaml").commit("One");
    }

    @Test
    public void objectsThatOnlyCarryACopyOfTheMarkAreNotPruned() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 1, "nginx"))
                .write(
                        "svc.yaml",
                        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n");
        engine.repository().commit("A workload");
        engine.sync();
        // Copies the Deployment's labels; so does the controller that writes Endpoints for a Service.
        String id = engine.kubectl(
                "get", "deployment/web", "--output=jsonpath={.metadata.labels.applyset\\.kubernetes\\.io/part-of}");
        engine.kubectl("expose", "deployment/web", "--port=80", "--name=by-hand");
        engine.kubectl("label", "service/by-hand", "applyset.kubernetes.io/part-of=" + id, "--overwrite");
        engine.kubectlWith(
                "apiVersion: v1\nkind: Endpoints\nmetadata: {name: web, labels: {applyset.kubernetes.io/part-of: " + id
                        + "}}\n",
                "create",
                "--filename=-");

        assertEquals(0, engine.plan().counts().pruned());
        engine.kubectl("delete", "configmap/gitops-app");
        Report again = engine.sync();
        assertEquals(again.message(), Status.IN_SYNC, again.status());
        assertEquals(0, again.counts().pruned());
        assertEquals("service/by-hand", engine.kubectl("get", "service/by-hand", "-o", "name"));
    }
}
