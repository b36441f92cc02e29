package io.jenkins.plugins.gitops.agent;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Style;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.io.PrintStream;
import java.time.Duration;

/** Progress as lines of a build's log. */
final class BuildLogProgress implements ProgressListener {

    private final PrintStream log;
    private final TextReport text = new TextReport(Style.PLAIN);

    BuildLogProgress(PrintStream log) {
        this.log = log;
    }

    @Override
    public void message(String message) {
        log.println(Printable.line(message));
    }

    @Override
    public void warning(Problem warning) {
        log.println(String.join("\n", text.problem(warning)));
    }

    @Override
    public void object(ObjectId id, String done, String detail) {
        log.println(text.progress(id, done, detail));
    }

    @Override
    public void waiting(int ready, int total, Duration elapsed, String next) {
        String line = "waiting: " + ready + " of " + total + " healthy after " + elapsed.toSeconds() + " s";
        log.println(next.isEmpty() ? line : line + "; next " + Printable.line(next));
    }
}
