package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * One field's difference, ready to be shown in any form: as a value on either side or, for texts and structures that do
 * not fit on a line, as the lines that differ. Everything in it is {@link Printable}.
 *
 * @param change what it shows
 * @param kind what happens to the field
 * @param path the field's path
 * @param live the value in the cluster; empty where there is none, or where {@code diff} shows it
 * @param desired the value after a sync; empty where there is none, or where {@code diff} shows it
 * @param diff the lines that differ; {@code null} where the values say it
 */
public record FieldView(FieldChange change, Kind kind, String path, String live, String desired, LineDiff diff) {

    private static final int MAX_PATH = 300;
    private static final int CONTEXT_OF_STRUCTURES = 2;

    public enum Kind {
        /** The cluster lacks it. */
        ADD,
        /** A sync removes it. */
        REMOVE,
        CHANGE,
        /** The value stays, its owner changes. */
        OWNER,
        /** Git does not declare it; a sync leaves it. */
        EXTRA
    }

    /**
     * How much of a value to show.
     *
     * @param width characters of one value, and of one line
     * @param lines lines of one field
     */
    public record Limits(int width, int lines) {}

    /** A field that differs. */
    public static FieldView of(FieldChange change, Limits limits) {
        return of(change, kind(change), limits);
    }

    /** A field that somebody added. */
    public static FieldView addition(FieldChange change, Limits limits) {
        return of(change, Kind.EXTRA, limits);
    }

    private static Kind kind(FieldChange change) {
        if (change.live() == null) {
            return Kind.ADD;
        }
        if (change.desired() == null) {
            return Kind.REMOVE;
        }
        return change.ownershipOnly() ? Kind.OWNER : Kind.CHANGE;
    }

    private static FieldView of(FieldChange change, Kind kind, Limits limits) {
        String path = Printable.line(change.path(), MAX_PATH);
        JsonNode live = change.live();
        JsonNode desired = kind == Kind.OWNER || kind == Kind.EXTRA ? null : change.desired();
        if (needsLines(live, limits) || needsLines(desired, limits)) {
            return new FieldView(change, kind, path, "", "", diff(live, desired, kind, limits));
        }
        String before = live == null ? "" : FieldText.value(live);
        String after = desired == null ? "" : FieldText.value(desired);
        Excerpt excerpt = Excerpt.of(before, after, limits.width());
        return new FieldView(change, kind, path, excerpt.first(), excerpt.second(), null);
    }

    private static boolean needsLines(JsonNode value, Limits limits) {
        if (value == null) {
            return false;
        }
        return value.isTextual()
                ? value.textValue().indexOf('\n') >= 0
                        && !value.textValue().strip().isEmpty()
                : value.isContainerNode() && FieldText.value(value).length() > limits.width();
    }

    private static LineDiff diff(JsonNode live, JsonNode desired, Kind kind, Limits limits) {
        boolean texts = (live == null || live.isTextual()) && (desired == null || desired.isTextual());
        List<String> before = live == null ? List.of() : FieldText.lines(live);
        List<String> after = desired == null ? List.of() : FieldText.lines(desired);
        if (texts && live != null && desired != null && endsLine(live) != endsLine(desired)) {
            before = endsLine(live) ? before : withNote(before);
            after = endsLine(desired) ? after : withNote(after);
        }
        LineDiff diff = LineDiff.between(before, after, texts ? 0 : CONTEXT_OF_STRUCTURES, limits.lines());
        List<LineDiff.Line> lines = new ArrayList<>();
        for (LineDiff.Line line : diff.lines()) {
            int number = texts ? line.number() : 0;
            char sign = kind == Kind.OWNER || kind == Kind.EXTRA ? ' ' : line.sign();
            lines.add(new LineDiff.Line(sign, number, Printable.line(line.text(), 2 * limits.width())));
        }
        return new LineDiff(List.copyOf(lines), diff.changed(), diff.leftOut());
    }

    private static boolean endsLine(JsonNode text) {
        return text.textValue().endsWith("\n");
    }

    private static List<String> withNote(List<String> lines) {
        List<String> noted = new ArrayList<>(lines);
        noted.add("(no newline at the end)");
        return noted;
    }

    /** {@code 2 lines differ}, {@code 14 lines}: what a diff holds, in a few words. */
    public String summary() {
        String lines = Printable.count(diff.changed()) + (diff.changed() == 1 ? " line" : " lines");
        return kind == Kind.CHANGE ? lines + (diff.changed() == 1 ? " differs" : " differ") : lines;
    }
}
