package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report as a comment on a pull request: verdict, totals, a table of what differs, and the differences to unfold.
 * It stays within a size, and says how much it leaves out.
 */
public final class MarkdownReport {

    /** GitHub takes 65,536 characters, GitLab more. */
    public static final int MAX_CHARACTERS = 60_000;

    private static final FieldView.Limits LIMITS = new FieldView.Limits(200, 30);
    private static final int MAX_NAME = 300;
    private static final int MAX_MESSAGE = 600;
    private static final int MAX_FIELDS = 60;
    private static final int FOOTER = 400;
    private static final int SMALLEST_DIFF = 100;

    private final Report report;
    private final int max;
    private final StringBuilder out = new StringBuilder();
    private final List<ObjectReport> noted;
    private int problemsLeftOut;
    private int objectsLeftOut;
    private int diffsLeftOut;

    private MarkdownReport(Report report, int max) {
        this.report = report;
        this.max = max;
        this.noted = Section.split(report).entrySet().stream()
                .filter(section -> section.getKey() != Section.UNCHANGED)
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .toList();
    }

    /** Why the run ended so, in a sentence; empty where there is nothing to say. */
    public static String message(Report report) {
        return Markdown.prose(Words.sentence(report.message()), MAX_MESSAGE);
    }

    /** At most {@link #MAX_CHARACTERS} characters. */
    public static String markdown(Report report) {
        return markdown(report, MAX_CHARACTERS);
    }

    /** @param max the number of characters to stay within, at least 20,000 */
    public static String markdown(Report report, int max) {
        if (max < 20_000) {
            throw new IllegalArgumentException("a report needs 20,000 characters, and may have " + max);
        }
        return new MarkdownReport(report, max).write();
    }

    private String write() {
        header();
        problems();
        objects();
        noted.forEach(this::diff);
        ignored();
        footer();
        return out.toString();
    }

    private void header() {
        out.append("### ")
                .append(mark())
                .append(' ')
                .append(Words.command(report.command()))
                .append(" of ");
        out.append(Markdown.code(report.app(), MAX_NAME))
                .append(": ")
                .append(Words.verdict(report))
                .append("\n\n");
        if (!report.message().isEmpty()) {
            out.append(message(report)).append("\n\n");
        }
        String counters = Counter.of(report).stream()
                .filter(counter -> counter.number() > 0)
                .map(counter -> "**" + Printable.count(counter.number()) + "** " + counter.label())
                .collect(Collectors.joining(", "));
        if (!counters.isEmpty()) {
            out.append(counters).append("\n\n");
        }
        Revision revision = report.revision();
        if (revision != null) {
            out.append("- Commit ").append(Markdown.code(revision.shortName(), MAX_NAME));
            append(" on ", revision.ref(), true);
            append(": ", revision.subject(), false);
            append(", by ", revision.author(), false);
            out.append('\n');
        }
        if (!report.repository().isEmpty()) {
            append("- Source ", report.repository(), true);
            append(", folder ", report.path(), true);
            out.append('\n');
        }
        if (report.cluster() != null) {
            out.append("- Cluster");
            append(" ", report.cluster().name(), true);
            append(" ", report.cluster().server(), true);
            append(", namespace ", report.cluster().namespace(), true);
            out.append('\n');
        }
        out.append("- ").append(Times.absolute(report.startedAt())).append(", took ");
        out.append(Times.duration(report.duration())).append("\n\n");
    }

    private void append(String before, String text, boolean code) {
        if (text != null && !text.isEmpty()) {
            out.append(before).append(code ? Markdown.code(text, MAX_NAME) : Markdown.prose(text, MAX_NAME));
        }
    }

    private String mark() {
        return switch (report.status()) {
            case IN_SYNC -> "\u2705";
            case OUT_OF_SYNC, REFUSED -> "\u26a0\ufe0f";
            case INVALID, FAILED, UNHEALTHY -> "\u274c";
            case ABORTED -> "\u23f9\ufe0f";
        };
    }

    private void problems() {
        if (report.problems().isEmpty()) {
            return;
        }
        out.append("| | Where | Problem |\n|---|---|---|\n");
        for (Problem problem : report.problems()) {
            String where = problem.location() == null ? "" : problem.location().toString();
            String advice = problem.advice().isEmpty() ? "" : "<br>" + Markdown.prose(problem.advice(), MAX_MESSAGE);
            boolean fits = add(
                    "| " + (problem.isError() ? "error" : "warning") + " | " + Markdown.code(where, MAX_NAME) + " | "
                            + Markdown.prose(problem.message(), MAX_MESSAGE) + advice + " |\n",
                    max / 3);
            problemsLeftOut += fits ? 0 : 1;
        }
        out.append('\n');
    }

    private void objects() {
        if (noted.isEmpty()) {
            return;
        }
        out.append("| Object | Change | Why | Health |\n|---|---|---|---|\n");
        for (ObjectReport object : noted) {
            String why = Words.cause(object);
            String message = Markdown.prose(object.message(), MAX_MESSAGE);
            boolean fits = add(
                    "| " + Markdown.code(object.id().toString(), MAX_NAME) + " | " + Words.action(report, object)
                            + " | "
                            + why + (why.isEmpty() || message.isEmpty() ? "" : ": ") + message + " | "
                            + (object.health() == null
                                    ? ""
                                    : Markdown.prose(Words.health(object.health()), MAX_MESSAGE))
                            + " |\n",
                    max * 2 / 3);
            objectsLeftOut += fits ? 0 : 1;
        }
        out.append('\n');
    }

    private void diff(ObjectReport object) {
        int fields = object.fields().size() + object.additions().size();
        if (fields == 0) {
            return;
        }
        if (out.length() > max - FOOTER - SMALLEST_DIFF) {
            diffsLeftOut++;
            return;
        }
        List<String> lines = new ArrayList<>();
        object.fields().stream().limit(MAX_FIELDS).forEach(field -> add(FieldView.of(field, LIMITS), lines));
        object.additions().stream().limit(MAX_FIELDS).forEach(field -> add(FieldView.addition(field, LIMITS), lines));
        int more = Math.max(0, object.fields().size() - MAX_FIELDS)
                + Math.max(0, object.additions().size() - MAX_FIELDS);
        if (more > 0) {
            lines.add("# and " + Words.plural(more, "field") + " more");
        }
        String block = "<details><summary>" + Markdown.code(object.id().toString(), MAX_NAME) + ": "
                + Words.plural(fields, "field") + "</summary>\n\n" + Markdown.fence("diff", lines)
                + "\n</details>\n\n";
        diffsLeftOut += add(block, max - FOOTER) ? 0 : 1;
    }

    private static void add(FieldView view, List<String> lines) {
        FieldChange change = view.change();
        List<String> about = new ArrayList<>();
        about.add(Words.remark(view));
        about.add(change.manager() == null ? "" : "by " + Printable.line(change.manager(), MAX_NAME));
        about.add(change.changedAt() == null ? "" : Times.absolute(change.changedAt()));
        about.removeIf(String::isEmpty);
        lines.add(("@@ " + view.path() + " @@ " + String.join(", ", about)).stripTrailing());
        if (view.diff() != null) {
            view.diff().lines().forEach(line -> lines.add(line.sign() + " " + line.text()));
            if (view.diff().leftOut() > 0) {
                lines.add("# and " + Words.plural(view.diff().leftOut(), "line") + " more");
            }
            return;
        }
        boolean differs = view.kind() == FieldView.Kind.CHANGE || view.kind() == FieldView.Kind.REMOVE;
        if (!view.live().isEmpty()) {
            lines.add((differs ? "- " : "  ") + view.live());
        }
        if (!view.desired().isEmpty()) {
            lines.add("+ " + view.desired());
        }
    }

    private void ignored() {
        List<RuleMatch> matches = RuleMatch.of(report);
        if (matches.isEmpty() || !add("Ignored, since a rule says so:\n\n", max - FOOTER)) {
            return;
        }
        for (RuleMatch match : matches) {
            String where = match.where().isEmpty() ? "" : " (" + Markdown.code(match.where(), MAX_NAME) + ")";
            add(
                    "- " + Markdown.code(match.rule(), MAX_NAME) + where + ": "
                            + Markdown.prose(match.summary(), MAX_MESSAGE) + "\n",
                    max - FOOTER);
        }
        out.append('\n');
    }

    private void footer() {
        List<String> parts = new ArrayList<>();
        addIf(parts, problemsLeftOut, "problem");
        addIf(parts, objectsLeftOut, "object");
        addIf(parts, diffsLeftOut, "diff");
        if (!parts.isEmpty()) {
            out.append("Left out here: ").append(String.join(", ", parts));
            out.append(". The whole report is in `report.json` and `report.html`.\n");
        }
    }

    private static void addIf(List<String> parts, int count, String noun) {
        if (count > 0) {
            parts.add(Words.plural(count, noun));
        }
    }

    /** Whether the block still fits below the limit; it is left out as a whole where it does not. */
    private boolean add(String block, int limit) {
        if (out.length() + block.length() > limit) {
            return false;
        }
        out.append(block);
        return true;
    }
}
