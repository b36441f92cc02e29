package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A sync of a reviewed plan does that, or says what has moved and does nothing. */
public class ReviewIT {

    private static final PlanKey KEY = new PlanKey("a key for this test".getBytes(StandardCharsets.UTF_8));

    private static final String SECRET =
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: db
            stringData:
              password: %s
            """;

    @Rule
    public final EngineRule engine = new EngineRule();

    @Before
    public void reviewed() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"))
                .write("old.yaml", Manifests.configMap("old", "colour", "grey"))
                .write("db.yaml", SECRET.formatted("correct-horse-battery"))
                .commit("Run the web");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:2"))
                .write("db.yaml", SECRET.formatted("staple-hunter2"))
                .delete("old.yaml")
                .commit("Release 2");
    }

    @Test
    public void doesWhatWasReviewed() throws Exception {
        for (PlanKey key : new PlanKey[] {KEY}) {
            byte[] plan = plan(key);
            Report sync = sync(plan, key);
            assertEquals(sync.toString(), Status.IN_SYNC, sync.status());
            assertEquals(2, sync.counts().updated());
            assertEquals(1, sync.counts().pruned());
        }
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void aPlanIsGoodForOneSync() throws Exception {
        byte[] plan = plan(null);
        assertEquals(Status.IN_SYNC, sync(plan, null).status());
        assertRefused(plan, "ConfigMap/" + engine.namespace() + "/old was reviewed as \"prune\"");
    }

    @Test
    public void refusesAnotherCommit() throws Exception {
        byte[] plan = plan(null);
        engine.repository().write("readme.txt", "Nothing of the app.").commit("Say something");
        assertRefused(plan, "the commit was ");
    }

    @Test
    public void refusesALiveObjectThatMoved() throws Exception {
        byte[] plan = plan(null);
        engine.kubectl("annotate", "deployment/web", "note=later");
        assertRefused(plan, "Deployment/" + engine.namespace() + "/web was changed in the cluster");
    }

    @Test
    public void refusesWhatHasDriftedSince() throws Exception {
        byte[] plan = plan(null);
        engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"red\"}}");
        assertRefused(
                plan,
                "ConfigMap/" + engine.namespace() + "/settings was reviewed as \"unchanged\", and is \"update\" now");
    }

    @Test
    public void refusesAnotherPruneList() throws Exception {
        byte[] plan = plan(null);
        engine.kubectl("annotate", "configmap/old", "gitops.jenkins.io/prune=disabled");
        assertRefused(plan, "ConfigMap/" + engine.namespace() + "/old was reviewed as \"prune\", and is \"keep\" now");
    }

    @Test
    public void refusesSecretsThatRenderDifferently() throws Exception {
        engine.repository().write("db.yaml", SECRET.formatted("uncommitted-1"));
        SyncRequest request = engine.request(Command.PLAN);
        request = new SyncRequest(
                request.command(),
                request.app(),
                new io.jenkins.plugins.gitops.engine.source.RepositoryRequest(
                        engine.repository().directory().toString(),
                        null,
                        true,
                        request.repository().policy(),
                        null),
                request.path(),
                request.namespace(),
                request.render(),
                request.drift(),
                request.apply(),
                request.health(),
                request.lease(),
                request.validate());
        byte[] plan = engine().plan(request, engine.access(), ProgressListener.SILENT, null)
                .plan()
                .write(null);
        engine.repository().write("db.yaml", SECRET.formatted("uncommitted-2"));
        Report sync = engine().sync(request, PlanFile.read(plan, null), null, engine.access(), ProgressListener.SILENT);
        assertEquals(Status.REFUSED, sync.status());
        assertEquals(
                List.of("the values of Secrets render differently"),
                sync.problems().stream()
                        .filter(Problem::isError)
                        .map(Problem::message)
                        .toList());
    }

    @Test
    public void holdsNoSecret() throws Exception {
        for (PlanKey key : new PlanKey[] {null, KEY}) {
            String plan = new String(plan(key), StandardCharsets.UTF_8);
            assertTrue(plan.contains("data.password"));
            for (String secret : List.of("correct-horse", "staple-hunter2", "Y29ycmVjd", "c3RhcGxlL")) {
                assertFalse(secret, plan.contains(secret));
            }
        }
    }

    @Test
    public void thereIsNoPlanOfWhatIsNotSound() throws Exception {
        engine.repository().write("web.yaml", "kind: [").commit("Break it");
        Planned planned = engine().plan(engine.request(Command.PLAN), engine.access(), ProgressListener.SILENT, null);
        assertNull(planned.plan());
        assertEquals(Status.INVALID, planned.report().status());
    }

    private byte[] plan(PlanKey key) throws Exception {
        Planned planned = engine().plan(engine.request(Command.PLAN), engine.access(), ProgressListener.SILENT, key);
        assertNotNull(planned.report().toString(), planned.plan());
        assertEquals(Status.OUT_OF_SYNC, planned.report().status());
        return planned.plan().write(key);
    }

    private Report sync(byte[] plan, PlanKey key) throws Exception {
        return engine().sync(
                        engine.request(Command.SYNC),
                        PlanFile.read(plan, key),
                        key,
                        engine.access(),
                        ProgressListener.SILENT);
    }

    private GitOpsEngine engine() {
        return new GitOpsEngine(engine.getRoot().toPath().resolve("cache"));
    }

    private void assertRefused(byte[] plan, String moved) throws Exception {
        String before = state();
        Report sync = sync(plan, null);
        assertEquals(sync.toString(), Status.REFUSED, sync.status());
        assertEquals(5, sync.status().exitCode());
        assertTrue(sync.problems().toString(), sync.problems().stream().anyMatch(problem -> problem.message()
                .startsWith(moved)));
        assertEquals(before, state());
    }

    private String state() throws Exception {
        return engine.kubectl(
                "get",
                "deployments,configmaps,secrets",
                "-o",
                "jsonpath={range .items[*]}{.kind}/{.metadata.name}={.metadata.resourceVersion} {end}");
    }
}
