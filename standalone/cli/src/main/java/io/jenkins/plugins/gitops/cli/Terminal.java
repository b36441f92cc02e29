package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells a person at a terminal what a run is doing. With JSON on standard output everything goes to standard error. */
final class Terminal implements ProgressListener {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean quiet;

    Terminal(PrintWriter out, PrintWriter err, boolean quiet) {
        this.out = out;
        this.err = err;
        this.quiet = quiet;
    }

    @Override
    public synchronized void message(String text) {
        say(text);
    }

    @Override
    public synchronized void warning(Problem warning) {
        err.println("warning: " + warning);
        err.flush();
    }

    @Override
    public synchronized void object(ObjectId id, String done, String detail) {
        say(id + " " + done + (detail.isEmpty() ? "" : ": " + detail));
    }

    @Override
    public synchronized void waiting(int ready, int total, Duration elapsed, String next) {
        say("waiting: " + ready + " of " + total + " healthy after " + elapsed.toSeconds() + " s; " + next);
    }

    private void say(String line) {
        if (!quiet) {
            out.println(line);
            out.flush();
        }
    }
}
