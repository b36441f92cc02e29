package io.jenkins.plugins.gitops.steps;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Style;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.io.PrintStream;

/** What a build's log says when a run has ended: what it did not say while the run went on. */
final class ReportLog {

    private ReportLog() {}

    /** Errors (warnings were told at once), what had drifted and who did it, what was refused, totals and verdict. */
    static void write(Report report, PrintStream log) {
        TextReport text = new TextReport(Style.PLAIN);
        report.problems().stream().filter(Problem::isError).forEach(problem -> text.problem(problem)
                .forEach(log::println));
        report.objects().stream().filter(ReportLog::isNews).forEach(object -> text.object(report, object)
                .forEach(log::println));
        text.footer(report).forEach(log::println);
    }

    private static boolean isNews(ObjectReport object) {
        return object.drifted() || object.unhealthy() || object.result() == ObjectReport.Result.FAILED;
    }
}
