package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.report.FieldView.Kind;
import io.jenkins.plugins.gitops.engine.report.Style.Color;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The fields of one object as lines of text: {@code spec.replicas: 5 -> 3  by kubectl-edit, 3 min ago}. */
final class TextFields {

    private static final FieldView.Limits LIMITS = new FieldView.Limits(120, 24);
    private static final int MAX_FIELDS = 200;

    /** A field that needs more is told on lines of its own. */
    private static final int LINE = 110;

    private static final String INDENT = "    ";

    private final Style style;
    private final Instant now;

    TextFields(Style style, Instant now) {
        this.style = style;
        this.now = now;
    }

    List<String> lines(ObjectReport object) {
        List<String> lines = new ArrayList<>();
        object.fields().stream().limit(MAX_FIELDS).forEach(field -> add(FieldView.of(field, LIMITS), lines));
        object.additions().stream().limit(MAX_FIELDS).forEach(field -> add(FieldView.addition(field, LIMITS), lines));
        int more = Math.max(0, object.fields().size() - MAX_FIELDS)
                + Math.max(0, object.additions().size() - MAX_FIELDS);
        if (more > 0) {
            lines.add(INDENT + "... and " + Words.plural(more, "field") + " more");
        }
        return lines;
    }

    private void add(FieldView view, List<String> lines) {
        String start = INDENT + sign(view.kind()) + " " + view.path();
        String tail = tail(view);
        if (view.diff() != null) {
            lines.add(start + ": " + view.summary() + tail);
            addDiff(view.diff(), lines);
            return;
        }
        String plain = view.live() + " -> " + view.desired();
        int length = INDENT.length()
                + 4
                + view.path().length()
                + plain.length()
                + tail(view, Style.PLAIN).length();
        if (view.kind() != Kind.CHANGE || length <= LINE) {
            lines.add(start + ": " + values(view) + tail);
        } else {
            lines.add(start + tail);
            lines.add(INDENT + INDENT + style.paint(Color.RED, "- " + view.live()));
            lines.add(INDENT + INDENT + style.paint(Color.GREEN, "+ " + view.desired()));
        }
    }

    private void addDiff(LineDiff diff, List<String> lines) {
        int digits = String.valueOf(diff.lines().stream()
                        .mapToInt(LineDiff.Line::number)
                        .max()
                        .orElse(0))
                .length();
        for (LineDiff.Line line : diff.lines()) {
            String number = line.number() == 0 ? "" : String.format("%" + digits + "d ", line.number());
            String text = number + line.sign() + " " + line.text();
            lines.add(INDENT + INDENT + (line.sign() == ' ' ? text : style.paint(color(line.sign()), text)));
        }
        if (diff.leftOut() > 0) {
            lines.add(INDENT + INDENT + "... and " + Words.plural(diff.leftOut(), "line") + " more");
        }
    }

    private String values(FieldView view) {
        return switch (view.kind()) {
            case ADD -> style.paint(Color.GREEN, view.desired());
            case REMOVE -> style.paint(Color.RED, view.live());
            case CHANGE -> style.paint(Color.RED, view.live()) + " -> " + style.paint(Color.GREEN, view.desired());
            case OWNER, EXTRA -> view.live();
        };
    }

    private static String sign(Kind kind) {
        return switch (kind) {
            case ADD -> "+";
            case REMOVE -> "-";
            case CHANGE -> "~";
            case OWNER -> "=";
            case EXTRA -> "?";
        };
    }

    private static Color color(char sign) {
        return sign == '-' ? Color.RED : Color.GREEN;
    }

    private String tail(FieldView view) {
        return tail(view, style);
    }

    private String tail(FieldView view, Style painted) {
        FieldChange change = view.change();
        List<String> parts = new ArrayList<>();
        if (change.manager() != null) {
            parts.add("by " + Printable.line(change.manager(), 128));
        }
        if (change.changedAt() != null) {
            parts.add(style.relativeTimes() ? Times.ago(change.changedAt(), now) : Times.absolute(change.changedAt()));
        }
        String who = String.join(", ", parts);
        String remark = Words.remark(view);
        StringBuilder tail = new StringBuilder();
        if (!remark.isEmpty()) {
            tail.append("  (").append(remark).append(")");
        }
        if (!who.isEmpty()) {
            tail.append("  ").append(painted.paint(Color.DIM, who));
        }
        return tail.toString();
    }
}
