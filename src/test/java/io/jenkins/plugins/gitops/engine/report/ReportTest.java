package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

public class ReportTest {

    @Test
    public void whatASyncOnlyPlannedIsNotCountedAsDone() {
        ObjectReport planned =
                Reports.object("", "ConfigMap", "x", Action.CREATE, Result.PLANNED, Cause.PENDING, List.of(), null, "");
        Report refused = Reports.report(Command.SYNC, Status.REFUSED, "", List.of(planned), List.of());
        assertEquals(0, refused.counts().created());
        assertEquals(1, refused.counts().notReached());
        Report plan = Reports.report(Command.PLAN, Status.OUT_OF_SYNC, "", List.of(planned), List.of());
        assertEquals(1, plan.counts().created());
    }

    @Test
    public void whatFailedIsCountedThereOnly() {
        Report.Counts counts = Reports.failed().counts();
        assertEquals(1, counts.failed());
        assertEquals(1, counts.notReached());
        assertEquals(0, counts.updated());
        assertEquals(8, counts.total());
    }

    @Test
    public void aMessageThatStandsAloneIsASentence() {
        assertEquals("Nothing had changed", Words.sentence("nothing had changed"));
        assertEquals("https://10.0.0.1 is silent", Words.sentence("https://10.0.0.1 is silent"));
        assertEquals("web.yaml is empty", Words.sentence("web.yaml is empty"));
        assertEquals("2 objects drifted", Words.sentence("2 objects drifted"));
        assertEquals("", Words.sentence(""));
    }

    @Test
    public void aRepositoryIsNamedWithoutCredentials() {
        assertEquals("https://git.example.org/c.git", repository("https://token@git.example.org/c.git"));
        assertEquals("https://git.example.org/c.git", repository("https://user:p@ss@git.example.org/c.git"));
        assertEquals("ssh://git.example.org/c.git", repository("ssh://git:secret@git.example.org/c.git"));
        assertEquals("ssh://git@git.example.org/c.git", repository("ssh://git@git.example.org/c.git"));
        assertEquals("git@git.example.org:c.git", repository("git@git.example.org:c.git"));
        assertEquals("https://git.example.org/a@b", repository("https://git.example.org/a@b"));
    }

    @Test
    public void aSecretThatWasNotMaskedIsMaskedInEveryForm() throws Exception {
        String secret = "aHVudGVyMg==";
        FieldChange data = new FieldChange(
                "data.password", Reports.text(secret), Reports.text("x" + secret), Cause.DRIFT, null, null);
        FieldChange whole =
                new FieldChange("stringData", Reports.json("{p: aHVudGVyMg}"), null, Cause.DRIFT, null, null);
        FieldChange copy = new FieldChange(
                "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]",
                Reports.text("{\"data\":\"" + secret + "\"}"),
                null,
                Cause.DRIFT,
                null,
                null);
        FieldChange label =
                new FieldChange("metadata.labels.app", Reports.text("a"), Reports.text("b"), Cause.DRIFT, null, null);
        ObjectReport object = Reports.object(
                "",
                "Secret",
                "login",
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(data, whole, copy, label),
                null,
                "");
        Report report = Reports.report(Command.DRIFT, Status.OUT_OF_SYNC, "", List.of(object), List.of());
        for (String form : List.of(
                new String(ReportJson.write(report), java.nio.charset.StandardCharsets.UTF_8),
                HtmlReport.page(report).replace("<wbr/>", ""),
                MarkdownReport.markdown(report),
                JUnitReport.xml(report),
                new TextReport(Style.PLAIN).text(report, true),
                report.toString())) {
            assertFalse(form, form.contains("aHVudGVyMg"));
            assertTrue(form, form.contains("*** (before)"));
            assertTrue("what is no secret is shown", form.contains("metadata.labels.app"));
        }
    }

    @Test
    public void emptyTextsFromAnAgentBreakNoForm() throws Exception {
        ObjectReport object = new ObjectReport(
                new ObjectId("", "", "", ""),
                "",
                new SourceLocation("", 0, 0),
                Action.NONE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(new FieldChange("", null, null, null, "", null)),
                List.of(new FieldChange("", null, null, null, "", null)),
                new Health(HealthStatus.UNKNOWN, "", false),
                "");
        Report report = new Report(
                Command.DRIFT,
                "",
                Status.FAILED,
                "",
                "",
                "",
                new Revision(Reports.COMMIT, "", "", "", null, false),
                "",
                new Report.ClusterInfo("", "", "", "", 0, 0),
                Reports.STARTED,
                Duration.ZERO,
                List.of(new Report.Phase("", Duration.ZERO)),
                List.of(object),
                List.of(Problem.error(new SourceLocation("", 0, 0), "", ""), Problem.error(null, "\n", "\n")));
        assertEquals(report, ReportJson.read(ReportJson.write(report)));
        assertEquals("\u2717 Failed", Page.of(report).text("//h1"));
        assertTrue(MarkdownReport.markdown(report).contains("Failed"));
        assertEquals(
                4, Page.parse(JUnitReport.xml(report)).elements("//failure").size());
        assertTrue(new TextReport(Style.PLAIN).text(report, true).contains("2 errors"));
    }

    private static String repository(String url) {
        return new Report(
                        Command.PLAN,
                        "a",
                        Status.IN_SYNC,
                        "",
                        url,
                        "",
                        null,
                        null,
                        null,
                        Reports.STARTED,
                        Duration.ZERO,
                        List.of(),
                        List.of(),
                        List.of())
                .repository();
    }
}
