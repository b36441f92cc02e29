package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.report.FieldView;
import io.jenkins.plugins.gitops.engine.report.Times;
import java.util.List;

/** One field of an object as a row of the page. */
public final class FieldRow {

    private final FieldView view;

    FieldRow(FieldView view) {
        this.view = view;
    }

    public String getPath() {
        return view.path();
    }

    /** The value in the cluster (before a sync); empty where there is none. */
    public String getLive() {
        return view.live();
    }

    /** The value in Git; empty where {@link #getInstead()} says why. */
    public String getDesired() {
        return view.desired();
    }

    /** Whether there is a value in the cluster. */
    public boolean isLiveSet() {
        return view.kind() != FieldView.Kind.ADD;
    }

    /** What stands in the place of the value in Git where there is none; {@code null} where there is one. */
    public String getInstead() {
        return switch (view.kind()) {
            case REMOVE -> Messages.FieldRow_notSet();
            case OWNER -> Messages.FieldRow_owner();
            case EXTRA -> Messages.FieldRow_extra();
            case ADD, CHANGE -> null;
        };
    }

    /**
     * A line of a diff.
     *
     * @param side {@code live}, {@code desired}, or {@code context} for a line of both
     */
    public record Line(String side, String text) {}

    /** The lines that differ; {@code null} where the values say it. */
    public List<Line> getLines() {
        return view.diff() == null
                ? null
                : view.diff().lines().stream()
                        .map(line -> new Line(side(line.sign()), line.toString()))
                        .toList();
    }

    private static String side(char sign) {
        return switch (sign) {
            case '-' -> "live";
            case '+' -> "desired";
            default -> "context";
        };
    }

    public int getLinesLeftOut() {
        return view.diff() == null ? 0 : view.diff().leftOut();
    }

    /** {@code 2 lines differ}. */
    public String getSummary() {
        return view.diff() == null ? "" : Messages.FieldRow_lines(view.diff().changed());
    }

    /** Who changed it; empty where that is not known. */
    public String getManager() {
        return view.change().manager() == null ? "" : view.change().manager();
    }

    /** When; empty where that is not known. */
    public String getChangedAt() {
        return view.change().changedAt() == null
                ? ""
                : Times.absolute(view.change().changedAt());
    }
}
