package io.jenkins.plugins.gitops.build;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

public class SinceTest {

    private static final ObjectReport WELL = object("web", Action.NONE, Result.PLANNED, null, Health.healthy());
    private static final ObjectReport DRIFTED =
            object("web", Action.UPDATE, Result.PLANNED, Cause.DRIFT, Health.healthy());
    private static final ObjectReport CORRECTED =
            object("web", Action.UPDATE, Result.DONE, Cause.DRIFT, Health.healthy());
    private static final ObjectReport PENDING =
            object("web", Action.UPDATE, Result.PLANNED, Cause.PENDING, Health.healthy());
    private static final ObjectReport SICK = object("web", Action.NONE, Result.PLANNED, null, Health.degraded("crash"));
    private static final ObjectReport DRIFTED_AND_SICK =
            object("web", Action.UPDATE, Result.PLANNED, Cause.DRIFT, Health.degraded("crash"));

    private static ObjectReport object(String name, Action action, Result result, Cause cause, Health health) {
        return new ObjectReport(
                new ObjectId("apps", "Deployment", "shop", name),
                "apps/v1",
                null,
                action,
                result,
                cause,
                List.of(),
                health,
                "");
    }

    private static Report report(ObjectReport... objects) {
        return new Report(
                Command.DRIFT,
                "shop",
                Status.OUT_OF_SYNC,
                "",
                "",
                "",
                null,
                null,
                new Report.ClusterInfo("https://one:6443", "v1.36.0", "shop", 1, 1),
                Instant.EPOCH,
                Duration.ofSeconds(1),
                List.of(),
                List.of(objects),
                List.of());
    }

    /** After builds #1, #2 ... that found these. */
    private static Since after(ObjectReport... found) {
        Since since = null;
        for (int build = 1; build <= found.length; build++) {
            since = new Since(since, report(found[build - 1]), build);
        }
        return since;
    }

    @Test
    public void troubleIsCountedFromTheBuildThatFoundIt() {
        assertEquals(Integer.valueOf(2), after(WELL, DRIFTED, DRIFTED, DRIFTED).build(DRIFTED));
        assertEquals(Integer.valueOf(1), after(PENDING, PENDING).build(PENDING));
        assertEquals(Integer.valueOf(3), after(WELL, WELL, SICK).build(SICK));
        assertNull(after(DRIFTED, WELL).build(WELL));
    }

    @Test
    public void troubleThatWentAwayBeginsAnew() {
        assertEquals(Integer.valueOf(3), after(SICK, WELL, SICK).build(SICK));
    }

    @Test
    public void theSyncThatCorrectsADriftStillTellsItsAge() {
        assertEquals(Integer.valueOf(1), after(DRIFTED, CORRECTED).build(CORRECTED));
    }

    @Test
    public void driftAfterACorrectionIsNew() {
        assertEquals(Integer.valueOf(3), after(DRIFTED, CORRECTED, CORRECTED).build(CORRECTED));
        assertEquals(Integer.valueOf(3), after(DRIFTED, CORRECTED, DRIFTED).build(DRIFTED));
    }

    @Test
    public void eachTroubleHasItsOwnAge() {
        assertEquals(Integer.valueOf(2), after(SICK, DRIFTED).build(DRIFTED));
        assertEquals(
                "the older", Integer.valueOf(1), after(SICK, DRIFTED_AND_SICK).build(DRIFTED_AND_SICK));
    }

    @Test
    public void objectsOfOtherGroupsAreOthers() {
        ObjectReport other = new ObjectReport(
                new ObjectId("example.org", "Deployment", "shop", "web"),
                "example.org/v1",
                null,
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(),
                null,
                "");
        assertNull(after(DRIFTED).build(other));
    }

    @Test
    public void aReportWithoutObjectsTellsNothing() {
        assertFalse(Since.isToldBy(report()));
    }
}
