package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.Rule;
import org.junit.Test;

/** Two syncs of one app at the same time. */
public class TwoSyncsIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void theSecondIsRefusedOrWaitsAndThenSeesWhatTheFirstDid() throws Exception {
        engine.repository().write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        engine.repository().commit("Run the web");
        // Nothing plays the nodes here: the first waits until the test says that the web is up.
        FutureTask<Report> first = start(
                engine.request(Command.SYNC)
                        .withLease(new LeasePolicy("job/shop #12", Duration.ZERO))
                        .withHealth(new HealthPolicy(true, Duration.ofMinutes(3))),
                ProgressListener.SILENT);
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        while (engine.kubectl("get", "deployments", "-o", "name").isEmpty()) {
            Thread.sleep(100);
        }
        engine.repository().commit("Add settings");

        Report refused =
                engine.run(engine.request(Command.SYNC).withLease(new LeasePolicy("job/shop #13", Duration.ZERO)));
        assertEquals(Status.REFUSED, refused.status());
        assertTrue(
                refused.message(), refused.message().startsWith("app \"app\" is being synced by job/shop #12 since"));
        assertEquals("nothing was written", "", engine.kubectl("get", "configmaps", "settings", "--ignore-not-found"));

        Recorder recorder = new Recorder();
        FutureTask<Report> second = start(
                engine.request(Command.SYNC).withLease(new LeasePolicy("job/shop #13", Duration.ofMinutes(3))),
                recorder);
        while (recorder.lines().stream().noneMatch(line -> line.endsWith("; waiting for it to end"))) {
            assertFalse("it waits", second.isDone());
            Thread.sleep(20);
        }
        engine.kubectl(
                "patch",
                "deployment/web",
                "--subresource=status",
                "--patch={\"status\":{\"observedGeneration\":1,\"replicas\":1,\"updatedReplicas\":1,"
                        + "\"readyReplicas\":1,\"availableReplicas\":1,"
                        + "\"conditions\":[{\"type\":\"Available\",\"status\":\"True\"},"
                        + "{\"type\":\"Progressing\",\"status\":\"True\",\"reason\":\"NewReplicaSetAvailable\"}]}}");
        assertEquals(Status.IN_SYNC, first.get().status());
        Report waited = second.get();
        assertEquals(waited.toString(), Status.IN_SYNC, waited.status());
        assertEquals(1, waited.counts().created());
    }

    private FutureTask<Report> start(SyncRequest request, ProgressListener progress) {
        FutureTask<Report> run = new FutureTask<>(() -> engine.run(request, progress));
        new Thread(run).start();
        return run;
    }
}
