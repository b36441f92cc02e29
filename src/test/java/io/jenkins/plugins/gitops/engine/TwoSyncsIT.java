package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
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
        // Nothing plays the nodes here: the first waits until its time is up.
        FutureTask<Report> first = start(engine.request(Command.SYNC)
                .withLease(new LeasePolicy("job/shop #12", Duration.ZERO))
                .withHealth(new HealthPolicy(true, Duration.ofSeconds(8))));
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

        Report waited = engine.run(
                engine.request(Command.SYNC).withLease(new LeasePolicy("job/shop #13", Duration.ofSeconds(60))));
        assertEquals(Status.UNHEALTHY, first.get().status());
        assertEquals(waited.toString(), Status.IN_SYNC, waited.status());
        assertEquals(1, waited.counts().created());
    }

    private FutureTask<Report> start(SyncRequest request) {
        FutureTask<Report> run = new FutureTask<>(() -> engine.run(request));
        new Thread(run).start();
        return run;
    }
}
