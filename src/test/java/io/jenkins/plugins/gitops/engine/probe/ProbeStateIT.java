package io.jenkins.plugins.gitops.engine.probe;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What changes on a real API server make of what was seen before. */
public class ProbeStateIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    private ProbeState before;

    @Before
    public void synced() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 1, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Run the web");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        before = look();
        assertEquals(2, before.objects().size());
    }

    private ProbeState look() throws Exception {
        return Probe.run(engine.access(), "app", engine.namespace(), before == null ? ProbeState.NONE : before)
                .state();
    }

    private Set<ObjectId> moved() throws Exception {
        return look().since(ProbeState.parse(before.toString()));
    }

    private ObjectId deployment() {
        return new ObjectId("apps", "Deployment", engine.namespace(), "web");
    }

    @Test
    public void nothingHasMovedWhereNobodyDidAnythingNorASyncNorAStatus() throws Exception {
        assertEquals(Set.of(), moved());
        engine.sync();
        engine.kubectl(
                "patch",
                "deployment/web",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"replicas\":1}}");
        assertEquals(Set.of(), moved());
    }

    @Test
    public void aScaleByHandIsSeen() throws Exception {
        engine.kubectl("scale", "deployment/web", "--replicas=3");
        assertEquals(Set.of(deployment()), moved());
    }

    @Test
    public void aLabelByHandIsSeen() throws Exception {
        engine.kubectl("label", "deployment/web", "owner=me");
        assertEquals(Set.of(deployment()), moved());
    }

    @Test
    public void whatIsDeletedIsSeen() throws Exception {
        engine.kubectl("delete", "deployment/web");
        assertEquals(Set.of(deployment()), moved());
    }

    @Test
    public void anAppThatWasNeverSyncedHasNothing() throws Exception {
        assertEquals(
                0,
                Probe.run(engine.access(), "other", engine.namespace(), ProbeState.NONE)
                        .state()
                        .objects()
                        .size());
    }
}
