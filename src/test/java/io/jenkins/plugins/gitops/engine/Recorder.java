package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a run tells, in its order: {@code Job/migrate started}. */
public final class Recorder implements ProgressListener {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Problem> warnings = new CopyOnWriteArrayList<>();

    /** One line for everything that was done to an object, its namespace left out. */
    public List<String> lines() {
        return lines;
    }

    public List<Problem> warnings() {
        return warnings;
    }

    /** Where the line stands; fails where it is not there. */
    public int at(String line) {
        int at = lines.indexOf(line);
        if (at < 0) {
            throw new AssertionError("\"" + line + "\" is not in " + lines);
        }
        return at;
    }

    @Override
    public void message(String text) {
        lines.add(text);
    }

    @Override
    public void warning(Problem warning) {
        warnings.add(warning);
    }

    @Override
    public void object(ObjectId id, String done, String detail) {
        lines.add(id.kind() + "/" + id.name() + " " + done);
    }

    @Override
    public void waiting(int ready, int total, Duration elapsed, String next) {}
}
