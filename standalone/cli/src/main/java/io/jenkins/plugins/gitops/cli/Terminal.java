package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells a person at a terminal what a run is doing. */
final class Terminal implements ProgressListener {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean live;
    private final TextReport text = new TextReport(Colours.style());

    /** @param live whether everything is told while it happens, or warnings only */
    Terminal(PrintWriter out, PrintWriter err, boolean live) {
        this.out = out;
        this.err = err;
        this.live = live;
    }

    @Override
    public synchronized void message(String text) {
        say(Printable.line(text));
    }

    @Override
    public synchronized void warning(Problem warning) {
        text.problem(warning).forEach(err::println);
        err.flush();
    }

    @Override
    public synchronized void object(ObjectId id, String done, String detail) {
        say(text.progress(id, done, detail));
    }

    @Override
    public synchronized void waiting(int ready, int total, Duration elapsed, String next) {
        say("waiting: " + ready + " of " + total + " healthy after " + elapsed.toSeconds() + " s; "
                + Printable.line(next));
    }

    private void say(String line) {
        if (live) {
            out.println(line);
            out.flush();
        }
    }
}
