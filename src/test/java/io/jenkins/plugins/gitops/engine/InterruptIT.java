package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;

/** Abort is obeyed, and what was done before is told. */
public class InterruptIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void abortInMidWaitEndsTheRunAndTheNextOneGoesOn() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1"))
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Run the web");
        SyncRequest waiting = engine.request(Command.SYNC).withHealth(HealthPolicy.DEFAULT);
        AtomicReference<Report> result = new AtomicReference<>();
        Thread run = new Thread(() -> {
            try {
                result.set(new GitOpsEngine(engine.getRoot().toPath().resolve("cache"))
                        .run(waiting, engine.access(), new InterruptWhenWaiting()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        run.start();
        run.join(60_000);
        assertFalse("still running", run.isAlive());
        Report report = result.get();
        assertEquals(report.toString(), Status.ABORTED, report.status());
        assertEquals(2, report.counts().created());
        assertTrue(report.objects().stream().allMatch(object -> object.result() == Result.DONE));
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    /** Interrupts the run as soon as it says that it waits. */
    private static final class InterruptWhenWaiting implements ProgressListener {
        @Override
        public void message(String text) {}

        @Override
        public void warning(Problem warning) {}

        @Override
        public void object(ObjectId id, String done, String detail) {}

        @Override
        public void waiting(int ready, int total, Duration elapsed, String next) {
            Thread.currentThread().interrupt();
        }
    }
}
