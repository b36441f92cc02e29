package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Two apps do not touch each other's objects. */
public class OtherAppsIT {

    private static final String MARK = "jsonpath={.metadata.labels.applyset\\.kubernetes\\.io/part-of}";

    @Rule
    public final EngineRule engine = new EngineRule();

    private String mark;

    @Before
    public void oneAppHasTheObject() throws Exception {
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .commit("One");
        assertEquals(Status.IN_SYNC, engine.run(app("first")).status());
        mark = mark();
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "2"))
                .commit("Another");
    }

    @Test
    public void whatAnotherAppDeclaresIsNotTakenFromIt() throws Exception {
        Report report = engine.run(app("second"));
        assertEquals(Status.REFUSED, report.status());
        assertEquals(
                "ConfigMap/" + engine.namespace() + "/a belongs to another app (its inventory is ConfigMap "
                        + engine.namespace()
                        + "/gitops-first): nothing was done; declare an object in one app only; to move it here, annotate"
                        + " it here with gitops.jenkins.io/moved-from: NAME-OF-THAT-APP",
                report.message());
        assertEquals("1", engine.kubectl("get", "configmap/a", "--output=jsonpath={.data.key}"));
        assertEquals(mark, mark());
        assertEquals(Status.REFUSED, engine.run(app("second", Command.PLAN)).status());
    }

    @Test
    public void aCredentialThatCannotSeeTheOtherInventoryIsRefusedToo() throws Exception {
        ClusterAccess tenant = engine.tenant("cluster-admin");
        engine.kubectl("label", "configmap/gitops-first", "applyset.kubernetes.io/id-");
        Report report = engine.run(app("second"), tenant);
        assertEquals(report.message(), Status.REFUSED, report.status());
        assertTrue(report.message(), report.message().contains("out of sight"));
        assertEquals(mark, mark());
    }

    @Test
    public void whatWasGivenUpIsTakenAndNotPrunedByItsFormerApp() throws Exception {
        engine.kubectl("label", "configmap/a", "applyset.kubernetes.io/part-of-");
        assertEquals(Status.IN_SYNC, engine.run(app("second")).status());
        engine.repository()
                .delete("a.yaml")
                .write("b.yaml", Manifests.configMap("b", "key", "1"))
                .commit("Elsewhere");
        Report former = engine.run(app("first"));
        assertEquals(former.message(), Status.IN_SYNC, former.status());
        assertEquals(0, former.counts().pruned());
        assertEquals("2", engine.kubectl("get", "configmap/a", "--output=jsonpath={.data.key}"));
    }

    @Test
    public void whatMovesByItsAnnotationIsHandedOverAndNeverDeleted() throws Exception {
        String uid = uid();
        String moved = Manifests.configMap("a", "key", "2")
                .replaceFirst("metadata:\n", "metadata:\n  annotations: {gitops.jenkins.io/moved-from: %s}\n");
        engine.repository().write("a.yaml", moved.formatted("third")).commit("From an app that does not have it");
        assertEquals(Status.REFUSED, engine.run(app("second")).status());

        engine.repository().write("a.yaml", moved.formatted(engine.namespace() + "/first"));
        engine.repository().commit("From the first");
        Report taken = engine.run(app("second"));
        assertEquals(taken.message(), Status.IN_SYNC, taken.status());
        assertFalse(mark.equals(mark()));
        assertEquals("2", engine.kubectl("get", "configmap/a", "--output=jsonpath={.data.key}"));
        assertEquals("nothing had changed", engine.run(app("second")).message());

        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "3"))
                .commit("Still in the first");
        assertEquals(
                "the first does not take it back by chance",
                Status.REFUSED,
                engine.run(app("first")).status());
        engine.repository()
                .delete("a.yaml")
                .write("b.yaml", Manifests.configMap("b", "key", "1"))
                .commit("The first gives it up");
        Report former = engine.run(app("first"));
        assertEquals(former.message(), Status.IN_SYNC, former.status());
        assertEquals(0, former.counts().pruned());
        assertEquals(uid, uid());
    }

    private String uid() throws Exception {
        return engine.kubectl("get", "configmap/a", "--output=jsonpath={.metadata.uid}");
    }

    @Test
    public void theMarkOfAnAppThatIsGoneDoesNotCount() throws Exception {
        engine.kubectl("delete", "configmap/gitops-first");
        assertEquals(Status.IN_SYNC, engine.run(app("second")).status());
        assertEquals("2", engine.kubectl("get", "configmap/a", "--output=jsonpath={.data.key}"));
    }

    private SyncRequest app(String name) {
        return app(name, Command.SYNC);
    }

    private SyncRequest app(String name, Command command) {
        return engine.request(command).withApp(name);
    }

    private String mark() throws Exception {
        return engine.kubectl("get", "configmap/a", "--output=" + MARK);
    }
}
