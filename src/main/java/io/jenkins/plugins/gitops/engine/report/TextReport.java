package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Style.Color;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.util.ArrayList;
import java.util.List;

/**
 * The report as lines of text, for a terminal and for Jenkins' console. All that it adds to what others wrote is ASCII;
 * what others wrote cannot move the cursor or colour the terminal.
 */
public final class TextReport {

    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_PADDING = 56;

    private final Style style;

    public TextReport(Style style) {
        this.style = style;
    }

    /** {@link #lines(Report, boolean)} as one text that ends with a line end. */
    public String text(Report report, boolean unchanged) {
        return String.join("\n", lines(report, unchanged)) + "\n";
    }

    /**
     * The whole report: what ran, problems, objects with their fields, totals.
     *
     * @param unchanged whether to list objects about which there is nothing to say too
     */
    public List<String> lines(Report report, boolean unchanged) {
        List<String> lines = new ArrayList<>(header(report));
        List<Problem> problems = report.problems();
        if (!problems.isEmpty()) {
            lines.add("");
            problems.forEach(problem -> lines.addAll(problem(problem)));
        }
        List<ObjectReport> shown = report.objects().stream()
                .filter(object -> unchanged || Section.of(report, object) != Section.UNCHANGED)
                .toList();
        if (!shown.isEmpty()) {
            lines.add("");
            int width = shown.stream()
                    .mapToInt(object -> name(object.id()).length())
                    .filter(length -> length <= MAX_PADDING)
                    .max()
                    .orElse(0);
            shown.forEach(object -> lines.addAll(object(report, object, width)));
        }
        lines.addAll(order(report));
        List<RuleMatch> ignored = RuleMatch.of(report);
        if (!ignored.isEmpty()) {
            lines.add("");
            lines.add("Ignored, since a rule says so:");
            ignored.forEach(match -> lines.addAll(rule(match)));
        }
        lines.add("");
        lines.addAll(footer(report));
        return lines;
    }

    /** The waves and hooks of a sync in their order; nothing where there is no more to say than that objects are applied. */
    public List<String> order(Report report) {
        if (!Words.isOrdered(report)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.paint(Color.BOLD, "order"));
        for (Step step : report.steps()) {
            boolean failed = step.result() == ObjectReport.Result.FAILED;
            String state = Words.state(step);
            lines.add("  " + String.format("%-14s", Printable.line(step.title())) + " "
                    + Printable.line(Words.content(step), 600) + "  "
                    + style.paint(failed ? Color.RED : Color.DIM, state));
        }
        return lines;
    }

    private List<String> rule(RuleMatch match) {
        String where = match.where().isEmpty() ? "" : style.paint(Color.DIM, "  " + Printable.line(match.where()));
        return List.of(
                "  " + Printable.line(match.rule(), MAX_MESSAGE) + where,
                "    " + Printable.line(match.summary(), MAX_MESSAGE));
    }

    /** What ran, on which commit, against which cluster. */
    public List<String> header(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Color.BOLD, Words.command(report.command()) + " of " + Printable.line(report.app())));
        Revision revision = report.revision();
        if (revision != null) {
            String ref = revision.ref() == null ? "" : " (" + revision.ref() + ")";
            String subject = revision.subject() == null ? "" : " " + revision.subject();
            lines.add(fact("commit", revision.shortName() + ref + subject));
            lines.add(fact("", by(revision)));
        }
        if (report.lastSynced() != null
                && (revision == null || !report.lastSynced().equals(revision.commit()))) {
            lines.add(fact("last sync", report.lastSynced()));
        }
        if (!report.repository().isEmpty()) {
            lines.add(
                    fact("source", report.repository() + (report.path().isEmpty() ? "" : ", folder " + report.path())));
        }
        Report.ClusterInfo cluster = report.cluster();
        if (cluster != null) {
            String name = cluster.name() == null ? "" : cluster.name() + ", ";
            String version = cluster.version() == null ? "" : ", Kubernetes " + cluster.version();
            String namespace = cluster.namespace() == null ? "" : ", namespace " + cluster.namespace();
            lines.add(fact("cluster", name + cluster.server() + version + namespace));
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    private String by(Revision revision) {
        List<String> parts = new ArrayList<>();
        if (revision.author() != null) {
            parts.add("by " + revision.author());
        }
        if (revision.committedAt() != null) {
            parts.add(Times.absolute(revision.committedAt()));
        }
        if (revision.modified()) {
            parts.add("with uncommitted changes");
        }
        return String.join(", ", parts);
    }

    private String fact(String label, String value) {
        return value.isEmpty()
                ? ""
                : style.paint(Color.DIM, String.format("  %-10s", label)) + Printable.line(value, MAX_MESSAGE);
    }

    /** {@code file:line:column: error: message}, the form that editors and terminals make clickable, and the advice. */
    public List<String> problem(Problem problem) {
        List<String> lines = new ArrayList<>();
        String where = problem.location() == null
                ? ""
                : Printable.line(problem.location().toString()) + ": ";
        String severity = problem.isError() ? style.paint(Color.RED, "error:") : style.paint(Color.YELLOW, "warning:");
        List<String> message = sentences(problem.message());
        lines.add((where + severity + " " + (message.isEmpty() ? "" : message.get(0))).stripTrailing());
        message.stream().skip(1).forEach(line -> lines.add("    " + line));
        if (!problem.advice().isEmpty()) {
            sentences(problem.advice()).forEach(line -> lines.add("    " + style.paint(Color.CYAN, line)));
        }
        return lines;
    }

    /** The lines of a text of several lines, such as a tool's complaint. */
    private static List<String> sentences(String text) {
        return text.strip()
                .lines()
                .limit(40)
                .map(line -> Printable.line(line, MAX_MESSAGE))
                .toList();
    }

    /** The object's line and one for each of its fields. */
    public List<String> object(Report report, ObjectReport object) {
        return object(report, object, 0);
    }

    private List<String> object(Report report, ObjectReport object, int width) {
        List<String> lines = new ArrayList<>();
        String name = name(object.id());
        String action = Words.action(report, object);
        String cause = Words.cause(object);
        StringBuilder line = new StringBuilder(mark(report, object)).append(' ');
        line.append(style.paint(Color.BOLD, name)).append(" ".repeat(Math.max(0, width - name.length())));
        line.append("  ").append(style.paint(color(report, object), action));
        if (!cause.isEmpty()) {
            line.append("  ").append(style.paint(Color.MAGENTA, cause));
        }
        String illness = Words.illness(object);
        if (!illness.isEmpty()) {
            line.append("  ").append(style.paint(Color.RED, Printable.line(illness, MAX_MESSAGE)));
        }
        lines.add(line.toString());
        if (!object.message().isEmpty()) {
            lines.add("    " + Printable.line(object.message(), MAX_MESSAGE));
        }
        if (object.unhealthy()) {
            object.health().details().forEach(detail -> lines.add("    " + Printable.line(detail, MAX_MESSAGE)));
        }
        lines.addAll(new TextFields(style, report.finishedAt()).lines(object));
        return lines;
    }

    /** One line while a run goes on: {@code Deployment/shop/web  updated}. */
    public String progress(ObjectId id, String done, String detail) {
        String text = name(id) + "  " + Printable.line(done);
        return detail.isEmpty() ? text : text + ": " + Printable.line(detail, MAX_MESSAGE);
    }

    private static String name(ObjectId id) {
        return Printable.line(id.toString(), 600);
    }

    private String mark(Report report, ObjectReport object) {
        String mark =
                switch (Section.of(report, object)) {
                    case FAILED, UNHEALTHY, NOT_REACHED -> "!";
                    default -> sign(object.action());
                };
        return style.paint(color(report, object), mark);
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case UPDATE -> "~";
            case REPLACE -> "*";
            case PRUNE -> "-";
            case NONE, KEEP -> "=";
        };
    }

    private static Color color(Report report, ObjectReport object) {
        Section section = Section.of(report, object);
        if (section == Section.FAILED || section == Section.UNHEALTHY || section == Section.NOT_REACHED) {
            return Color.RED;
        }
        return switch (object.action()) {
            case CREATE -> Color.GREEN;
            case UPDATE -> Color.YELLOW;
            case REPLACE, PRUNE -> Color.RED;
            case NONE, KEEP -> Color.DIM;
        };
    }

    /** {@code 3 created, 1 updated, 34 unchanged, 0 pruned; 2 drifted}. */
    public String totals(Report report) {
        return Words.totals(report);
    }

    /** The totals, the verdict, why, and how long it took. */
    public List<String> footer(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(totals(report));
        String verdict =
                style.paint(report.status() == Status.IN_SYNC ? Color.GREEN : Color.RED, Words.verdict(report));
        String message = report.message().isEmpty() ? "" : ": " + Printable.line(report.message(), MAX_MESSAGE);
        String requests = report.cluster() == null
                ? ""
                : ", " + Words.plural(report.cluster().requests(), "request");
        lines.add(
                verdict + message + style.paint(Color.DIM, " (" + Times.duration(report.duration()) + requests + ")"));
        return lines;
    }
}
