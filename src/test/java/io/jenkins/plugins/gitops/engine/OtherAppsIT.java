package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
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
                        + "/gitops-first): nothing was done; declare an object in one app only; to move it here, give it"
                        + " up there first: take the label applyset.kubernetes.io/part-of off it",
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
