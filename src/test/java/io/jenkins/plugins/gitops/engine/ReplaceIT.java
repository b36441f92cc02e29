package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.junit.Rule;
import org.junit.Test;

/** An object is deleted and made again only where somebody agreed to it and nothing else helps. */
public class ReplaceIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    private static String web(String label, String image, String annotation) {
        return Manifests.deployment("web", 1, image)
                .replace("app: web", "app: " + label)
                .replaceFirst("metadata:\n", "metadata:\n  annotations: {" + annotation + "}\n");
    }

    private void commit(String text) throws Exception {
        engine.repository().write("web.yaml", text).commit("Web " + text.hashCode());
    }

    private String uid(String object) throws Exception {
        return engine.kubectl("get", object, "-o", "jsonpath={.metadata.uid}");
    }

    private Report syncReplacing() throws Exception {
        return engine.run(engine.request(Command.SYNC).withApply(ApplyPolicy.DEFAULT.withReplace(true)));
    }

    @Test
    public void anImmutableChangeIsRefusedWithoutAgreementAndDoneWithIt() throws Exception {
        commit(web("web", "web:1", ""));
        engine.sync();
        String before = uid("deployment/web");
        commit(web("shop", "web:1", ""));
        Report refused = engine.sync();
        assertEquals(refused.toString(), Status.INVALID, refused.status());
        assertTrue(
                refused.problems().get(0).toString(),
                refused.problems().get(0).advice().contains("gitops.jenkins.io/force: enabled"));
        assertEquals(before, uid("deployment/web"));

        for (String option : new String[] {
            "gitops.jenkins.io/force: enabled",
            "kustomize.toolkit.fluxcd.io/force: enabled",
            "argocd.argoproj.io/sync-options: Force=true"
        }) {
            String label = "l" + Math.abs(option.hashCode());
            commit(web(label, "web:1", option));
            Report plan = engine.plan();
            ObjectReport planned = engine.object(plan, "Deployment", "web");
            assertEquals(plan.toString(), Action.REPLACE, planned.action());
            assertTrue(planned.message(), planned.message().contains("spec.selector"));
            assertTrue(planned.fields().stream().anyMatch(field -> field.path().equals("spec.selector")));
            assertEquals(before, uid("deployment/web"));

            Report done = engine.sync();
            assertEquals(done.toString(), Status.IN_SYNC, done.status());
            assertEquals(1, done.counts().updated());
            assertFalse(before.equals(uid("deployment/web")));
            assertEquals(
                    label, engine.kubectl("get", "deployment/web", "-o", "jsonpath={.spec.selector.matchLabels.app}"));
            assertEquals("nothing had changed", engine.sync().message());
            before = uid("deployment/web");
        }
        commit(web("again", "web:1", ""));
        assertEquals(Status.IN_SYNC, syncReplacing().status());
        assertFalse(before.equals(uid("deployment/web")));
    }

    @Test
    public void anInvalidValueIsNeverAReasonToDelete() throws Exception {
        commit(web("web", "web:1", "gitops.jenkins.io/force: enabled"));
        engine.sync();
        String before = uid("deployment/web");
        // Invalid alone; and beside an immutable change, which then does not count.
        commit(web("web", "web:1", "gitops.jenkins.io/force: enabled").replace("replicas: 1", "replicas: -1"));
        assertEquals(Status.INVALID, syncReplacing().status());
        commit(web("shop", "web:1", "gitops.jenkins.io/force: enabled").replace("replicas: 1", "replicas: -1"));
        assertEquals(Status.INVALID, syncReplacing().status());
        // Immutable, and as a new object not sound either.
        commit(web("shop", "web:1", "gitops.jenkins.io/force: enabled")
                .replaceFirst("matchLabels:\n      app: shop", "matchLabels:\n      app: other"));
        assertEquals(Status.INVALID, syncReplacing().status());
        assertEquals(before, uid("deployment/web"));
    }

    @Test
    public void theServersOtherWordsForImmutableAreUnderstood() throws Exception {
        String[][] changes = {
            {
                "job/j",
                "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {restartPolicy: Never,"
                        + " containers: [{name: c, image: \"i:1\"}]}}}\n",
                "i:1",
                "i:2"
            },
            {
                "configmap/c",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nimmutable: true\ndata: {a: one}\n",
                "one",
                "two"
            },
            {
                "secret/s",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: example.org/a\nstringData: {a: b}\n",
                "example.org/a",
                "example.org/b"
            },
            {
                "rolebinding/r",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r}\nroleRef: {apiGroup:"
                        + " rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n",
                "view",
                "edit"
            },
            {
                "statefulset/t",
                "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: t}\nspec: {serviceName: one, selector:"
                        + " {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c,"
                        + " image: i}]}}}\n",
                "one",
                "two"
            },
            {
                "pod/p",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostname: one, containers: [{name: c, image:"
                        + " i}]}\n",
                "one",
                "two"
            },
            {
                "service/v",
                "apiVersion: v1\nkind: Service\nmetadata: {name: v}\nspec: {ports: [{port: 80}]}\n",
                "{ports",
                "{clusterIP: None, ports"
            }
        };
        engine.kubectl("create", "serviceaccount", "default");
        for (String[] change : changes) {
            engine.repository().write(change[0] + ".yaml", change[1]);
        }
        engine.repository().commit("Before");
        Report first = engine.sync();
        assertEquals(first.toString(), Status.IN_SYNC, first.status());
        for (String[] change : changes) {
            engine.repository().write(change[0] + ".yaml", change[1].replace(change[2], change[3]));
        }
        engine.repository().commit("After");
        Report refused = engine.sync();
        assertEquals(refused.toString(), Status.INVALID, refused.status());
        Report plan = engine.run(engine.request(Command.PLAN).withApply(ApplyPolicy.DEFAULT.withReplace(true)));
        assertEquals(plan.toString(), Status.OUT_OF_SYNC, plan.status());
        for (ObjectReport object : plan.objects()) {
            assertEquals(object.toString(), Action.REPLACE, object.action());
        }
        String secret = plan.toString();
        Report done = syncReplacing();
        assertEquals(done.toString(), changes.length, done.counts().updated());
        assertEquals("two", engine.kubectl("get", "configmap/c", "-o", "jsonpath={.data.a}"));
        assertFalse(secret, secret.contains("Yg=="));
    }

    @Test
    public void aServiceMayKeepThePortsAndAddressesThatItHolds() throws Exception {
        // Of the low bands, which the server hands out last to those who ask for none.
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: %s, annotations: {gitops.jenkins.io/force:"
                + " enabled}}\nspec: {type: NodePort, clusterIP: %s, ports: [{port: 80, nodePort: %d}]}\n";
        engine.repository()
                .write("one.yaml", service.formatted("one", "10.96.0.71", 30071))
                .write("two.yaml", service.formatted("two", "10.96.0.72", 30072))
                .commit("Fixed ports");
        Report first = engine.sync();
        assertEquals(first.toString(), Status.IN_SYNC, first.status());
        String before = uid("service/one");

        // Another one's port, beside an immutable change: that would not be sound as a new object.
        engine.repository()
                .write("one.yaml", service.formatted("one", "10.96.0.73", 30072))
                .commit("A port that is taken");
        Report taken = engine.sync();
        assertEquals(taken.toString(), Status.INVALID, taken.status());
        assertEquals(before, uid("service/one"));

        engine.repository()
                .write("one.yaml", service.formatted("one", "10.96.0.73", 30071))
                .commit("Another address, the same port");
        Report done = engine.sync();
        assertEquals(done.toString(), Status.IN_SYNC, done.status());
        assertFalse(before.equals(uid("service/one")));
        assertEquals(
                "10.96.0.73 30071",
                engine.kubectl("get", "service/one", "-o", "jsonpath={.spec.clusterIP} {.spec.ports[0].nodePort}"));
        assertEquals("nothing had changed", engine.sync().message());
    }

    @Test
    public void whatHoldsDataMustAgreeItself() throws Exception {
        String claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {%s}}\n"
                + "spec: {storageClassName: %s, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n";
        engine.repository().write("pvc.yaml", claim.formatted("", "slow")).commit("A claim");
        engine.sync();
        String before = uid("pvc/data");
        engine.repository().write("pvc.yaml", claim.formatted("", "fast")).commit("Faster");
        assertEquals(Status.INVALID, syncReplacing().status());
        assertEquals(before, uid("pvc/data"));
        engine.repository()
                .write("pvc.yaml", claim.formatted("gitops.jenkins.io/force: enabled", "fast"))
                .commit("Faster, and it may go");
        Report plan = engine.plan();
        assertEquals(
                plan.toString(),
                Action.REPLACE,
                engine.object(plan, "PersistentVolumeClaim", "data").action());
    }
}
