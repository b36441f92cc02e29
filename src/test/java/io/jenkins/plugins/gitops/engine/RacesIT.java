package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What happens in the cluster after a sync has planned, and before it has written. */
public class RacesIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    /** Something that somebody else does. */
    private interface Deed {
        void happen() throws Exception;
    }

    /** A hook runs between the plan and the first write: that is the moment. */
    @Before
    public void theMoment() throws Exception {
        engine.repository()
                .write("pre.yaml", hook("pre"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Settings");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    private static String hook(String name) {
        return Manifests.configMap(name, "a", "b")
                .replaceFirst("metadata:\n", "metadata:\n  annotations: {gitops.jenkins.io/hook: PreSync}\n");
    }

    private Report syncWhile(Deed deed) throws Exception {
        Interloper interloper = new Interloper(deed);
        Report report = engine.run(
                engine.request(Command.SYNC)
                        .withApply(ApplyPolicy.DEFAULT)
                        .withHealth(new HealthPolicy(false, Duration.ofSeconds(5))),
                interloper);
        assertTrue("it happened: " + report, interloper.done);
        return report;
    }

    private static final class Interloper implements ProgressListener {
        private final Deed deed;
        private boolean done;

        Interloper(Deed deed) {
            this.deed = deed;
        }

        @Override
        public void object(ObjectId id, String what, String detail) {
            if (id.name().startsWith("pre") && what.equals("succeeded")) {
                try {
                    deed.happen();
                    done = true;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public void message(String text) {}

        @Override
        public void warning(Problem warning) {}

        @Override
        public void waiting(int ready, int total, Duration elapsed, String next) {}
    }

    private String value(String object, String path) throws Exception {
        return engine.kubectl("get", object, "--ignore-not-found", "-o", "jsonpath={" + path + "}");
    }

    @Test
    public void whatAPersonEditsWhileItIsHealedIsPutRightAll() throws Exception {
        engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"red\"}}");
        Report report = syncWhile(() -> engine.kubectl(
                "patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"green\",\"size\":\"1\"}}"));
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals("blue", value("configmap/settings", ".data.colour"));
        assertEquals("what Git does not declare is left", "1", value("configmap/settings", ".data.size"));
        // Nothing of it is forgotten: the addition is told by the next look.
        assertEquals(Status.OUT_OF_SYNC, engine.drift().status());
    }

    @Test
    public void anObjectThatWasMadeAgainMeanwhileIsNotPrunedInTheNameOfTheOldOne() throws Exception {
        engine.repository().write("old.yaml", Manifests.configMap("old", "a", "b"));
        engine.repository().commit("Something old");
        engine.sync();
        engine.repository().delete("old.yaml").commit("It goes");
        Report report = syncWhile(() -> {
            engine.kubectl("delete", "configmap/old");
            engine.kubectl("create", "configmap", "old", "--from-literal=whose=theirs");
        });
        assertEquals(report.toString(), Status.FAILED, report.status());
        assertTrue(report.toString(), report.toString().contains("changed or made again since the plan"));
        assertEquals("theirs", value("configmap/old", ".data.whose"));
        assertEquals(
                "it is nobody's business now", Status.IN_SYNC, engine.sync().status());
        assertEquals("theirs", value("configmap/old", ".data.whose"));
    }

    @Test
    public void anObjectThatWasChangedMeanwhileIsPrunedByTheNextSync() throws Exception {
        engine.repository().write("old.yaml", Manifests.configMap("old", "a", "b"));
        engine.repository().commit("Something old");
        engine.sync();
        engine.repository().delete("old.yaml").commit("It goes");
        Report report =
                syncWhile(() -> engine.kubectl("patch", "configmap/old", "-p", "{\"data\":{\"a\":\"precious\"}}"));
        assertEquals(report.toString(), Status.FAILED, report.status());
        assertEquals("precious", value("configmap/old", ".data.a"));
        assertEquals(1, engine.sync().counts().pruned());
    }

    @Test
    public void anObjectThatWasMadeAgainMeanwhileIsNotReplaced() throws Exception {
        String locked = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: locked, annotations:"
                + " {gitops.jenkins.io/force: enabled}}\nimmutable: true\ndata: {a: %s}\n";
        engine.repository().write("locked.yaml", locked.formatted("one")).commit("Locked");
        engine.sync();
        engine.repository().write("locked.yaml", locked.formatted("two")).commit("Replace it");
        Report report = syncWhile(() -> {
            engine.kubectl("delete", "configmap/locked");
            engine.kubectlWith(
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: locked}\nimmutable: true\ndata: {a: theirs}\n",
                    "create",
                    "-f",
                    "-");
        });
        assertEquals(report.toString(), Status.FAILED, report.status());
        assertTrue(
                report.problems().toString(),
                report.problems().get(0).toString().contains("ConfigMap/" + engine.namespace() + "/locked"));
        assertEquals("theirs", value("configmap/locked", ".data.a"));
    }

    @Test
    public void aNamespaceThatTerminatesMeanwhileFailsWhatGoesThereAndNothingIsPruned() throws Exception {
        String other = engine.namespace() + "-other";
        engine.kubectl("create", "namespace", other);
        engine.repository()
                .write("old.yaml", Manifests.configMap("old", "a", "b"))
                .commit("Old");
        engine.sync();
        engine.repository()
                .delete("old.yaml")
                .write(
                        "there.yaml",
                        Manifests.configMap("there", "a", "b")
                                .replace("name: there", "name: there\n  namespace: " + other));
        engine.repository().commit("Elsewhere");
        Report report = syncWhile(() -> engine.kubectl("delete", "namespace", other, "--wait=false"));
        assertEquals(report.toString(), Status.FAILED, report.status());
        String told = report.problems().get(0).toString();
        assertTrue(told, told.startsWith("there.yaml:") && told.contains("is being terminated"));
        assertEquals("configmap/old", engine.kubectl("get", "configmap/old", "-o", "name"));

        Report again = engine.sync();
        assertEquals("now it is known before anything is written", Status.INVALID, again.status());
        assertTrue(again.toString(), again.problems().get(0).toString().contains("is being terminated"));
        engine.repository().delete("there.yaml").commit("Not there");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    @Test
    public void aKindThatVanishesMeanwhileFailsItsObjectsAndTheNextSyncGoesOn() throws Exception {
        String group = engine.namespace() + ".example.org";
        String crd =
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """
                        .formatted(group);
        engine.kubectlWith(crd, "create", "-f", "-");
        engine.awaitServed("widgets", group, true);
        engine.repository()
                .write("widget.yaml", "apiVersion: " + group + "/v1\nkind: Widget\nmetadata: {name: first}\n")
                .write("other.yaml", Manifests.configMap("other", "a", "b"));
        engine.repository().commit("A widget");
        Report report = syncWhile(() -> engine.kubectl("delete", "crd", "widgets." + group));
        assertEquals(report.toString(), Status.FAILED, report.status());
        assertTrue(report.problems().toString(), report.problems().stream().anyMatch(problem -> problem.toString()
                .startsWith("widget.yaml:")));
        assertFalse(report.counts().pruned() > 0);

        engine.awaitServed("widgets", group, false);
        Report without = engine.sync();
        assertEquals("an unknown kind, told before anything is written", Status.INVALID, without.status());
        engine.kubectlWith(crd, "create", "-f", "-");
        engine.awaitServed("widgets", group, true);
        Report report2 = engine.sync();
        assertEquals(report2.toString(), Status.IN_SYNC, report2.status());

        // Its kind goes for good, and then the object leaves Git: there is nothing left to prune.
        engine.kubectl("delete", "crd", "widgets." + group);
        engine.awaitServed("widgets", group, false);
        engine.repository().delete("widget.yaml").commit("No widgets");
        Report gone = engine.sync();
        assertEquals(gone.toString(), Status.IN_SYNC, gone.status());
    }

    @Test
    public void twoAppsThatClaimOneObjectAtTheSameTimeAreToldOfIt() throws Exception {
        engine.repository()
                .write("one/x.yaml", Manifests.configMap("x", "from", "one"))
                .write("two/x.yaml", Manifests.configMap("x", "from", "two"))
                .write("one/pre.yaml", hook("pre-one"))
                .write("two/mine.yaml", Manifests.configMap("mine", "a", "b"));
        engine.repository().commit("Both");
        SyncRequest one = engine.request(Command.SYNC).withApp("one").withPath("one");
        SyncRequest two = engine.request(Command.SYNC).withApp("two").withPath("two");
        Interloper interloper = new Interloper(() -> {
            Report meanwhile = engine.run(two);
            assertEquals(meanwhile.toString(), Status.IN_SYNC, meanwhile.status());
        });
        Report first = engine.run(one, interloper);
        assertTrue(interloper.done);
        assertEquals(first.toString(), Status.IN_SYNC, first.status());
        assertEquals("who wrote last has it", "one", value("configmap/x", ".data.from"));
        // The other one is told with its next look, and takes nothing back.
        for (Command command : new Command[] {Command.PLAN, Command.SYNC}) {
            Report refused = engine.run(two.withCommand(command));
            assertEquals(refused.toString(), Status.REFUSED, refused.status());
            assertTrue(
                    refused.message(),
                    refused.message()
                            .contains("/x belongs to another app (its inventory is ConfigMap " + engine.namespace()
                                    + "/gitops-one)"));
        }
        assertEquals("one", value("configmap/x", ".data.from"));
    }
}
