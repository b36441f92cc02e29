package io.jenkins.plugins.gitops.agent;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** What becomes of the answers of a node that lies. */
public class NodeAnswerTest {

    private static final PlanKey KEY = new PlanKey("the key of this build".getBytes(StandardCharsets.UTF_8));
    private static final PlanKey OTHER = new PlanKey("the key of another one".getBytes(StandardCharsets.UTF_8));

    private static SyncRequest request(Command command) {
        return NodeEngine.request(command, null).withApp("shop");
    }

    private static Report report(Command command, String app, String message) {
        return report(command, app, Status.OUT_OF_SYNC, message);
    }

    /** As a node sends it that has found nothing to tell. */
    static Report report(Command command, String app, Status status, String message) {
        return new Report(
                command,
                app,
                status,
                message,
                "",
                "",
                null,
                null,
                new Report.ClusterInfo("https://one:6443", "v1.36.0", "shop", 1, 1),
                Instant.EPOCH,
                Duration.ofSeconds(1),
                List.of(),
                List.of(),
                List.of());
    }

    private static byte[] plan(Report report, PlanKey key) {
        return PlanFile.of(report, new Plan(List.of(), List.of()), DriftPolicy.DEFAULT, ApplyPolicy.DEFAULT, "", key)
                .write(key);
    }

    private static String refusal(byte[] json) {
        return assertThrows(IOException.class, () -> NodeAnswer.report(json, request(Command.SYNC)))
                .getMessage();
    }

    @Test
    public void theReportOfTheRunIsTaken() throws Exception {
        Report report = report(Command.SYNC, "shop", "as it is");
        assertEquals(report, NodeAnswer.report(ReportJson.write(report), request(Command.SYNC)));
    }

    @Test
    public void theReportOfAnotherRunIsRefused() throws Exception {
        assertEquals(
                "The node sent the report of another run: DRIFT of \"shop\" instead of SYNC of \"shop\". Nothing of it is"
                        + " taken over.",
                refusal(ReportJson.write(report(Command.DRIFT, "shop", ""))));
        String other = refusal(ReportJson.write(report(Command.SYNC, "mail\u001b[2J", "")));
        assertTrue(other, other.contains("SYNC of \"mail\\u001b[2J\" instead"));
    }

    @Test
    public void whatIsNoReportIsRefusedInAFewWords() {
        assertTrue(refusal(new byte[0]).startsWith("The node sent no sound report: "));
        String wide = refusal(("\u001b".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8));
        assertTrue(wide, wide.length() < 500 && wide.indexOf('\u001b') < 0);
        String status = refusal("{\"schemaVersion\":1,\"command\":\"Sync\",\"app\":\"shop\",\"status\":\"Splendid\"}"
                .getBytes(StandardCharsets.UTF_8));
        assertTrue(status, status.contains("status is none of InSync, OutOfSync"));
    }

    @Test
    public void thePlanOfTheReportIsTaken() throws Exception {
        Report report = report(Command.PLAN, "shop", "one change");
        PlanFile plan = NodeAnswer.plan(plan(report, KEY), KEY, report);
        assertEquals(report, plan.report());
        assertNull(NodeAnswer.plan(new byte[0], KEY, report));
    }

    @Test
    public void peopleAreNotShownOnePlanWhileAnotherIsKept() {
        byte[] plan = plan(report(Command.PLAN, "shop", "deletes everything"), KEY);
        IOException e = assertThrows(
                IOException.class, () -> NodeAnswer.plan(plan, KEY, report(Command.PLAN, "shop", "one change")));
        assertEquals(
                "The node sent a plan that is not the one of its report. Nothing of it is taken over.", e.getMessage());
    }

    @Test
    public void aPlanThatWasSealedWithAnotherKeyOrIsNoneIsRefused() {
        Report report = report(Command.PLAN, "shop", "one change");
        for (byte[] plan : List.of(plan(report, OTHER), plan(report, null), new byte[] {'{'}, new byte[1 << 20])) {
            IOException e = assertThrows(IOException.class, () -> NodeAnswer.plan(plan, KEY, report));
            assertTrue(e.getMessage(), e.getMessage().startsWith("The node sent no sound plan: "));
            assertFalse(e.getMessage(), e.getMessage().length() > 500);
        }
    }
}
