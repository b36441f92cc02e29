package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Step;

/** One step of a sync's order as a row of the page, with its place in time. */
public final class OrderRow {

    /** Of the whole run, in units of the drawing. */
    static final int WIDTH = 260;

    private final Step step;
    private final long total;

    OrderRow(Report report, Step step) {
        this.step = step;
        this.total = Math.max(1, report.duration().toMillis());
    }

    /** {@code wave 1}. */
    public String getTitle() {
        return PageWords.title(step);
    }

    /** A hook's object, or how many objects. */
    public String getContent() {
        return step.object() == null
                ? Messages.Totals_objects(step.objects())
                : step.object().toString();
    }

    /** {@code done in 2.1 s}. */
    public String getState() {
        return PageWords.state(step);
    }

    /** How the design library shows the state. */
    public String getTone() {
        return switch (step.result()) {
            case DONE -> "success";
            case FAILED -> "error";
            case PLANNED, NOT_REACHED -> "secondary";
        };
    }

    public String getMessage() {
        return step.message();
    }

    /** Whether it has a place in time. */
    public boolean isTimed() {
        return step.duration().toMillis() > 0;
    }

    public long getBarStart() {
        return Math.max(0, Math.min(step.start().toMillis() * WIDTH / total, WIDTH - 2));
    }

    public long getBarLength() {
        return Math.max(2, Math.min(step.duration().toMillis() * WIDTH / total, WIDTH - getBarStart()));
    }
}
