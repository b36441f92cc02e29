package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * The report as one page that needs nothing else: no script, no other file. Jenkins serves archived files under a
 * content security policy that blocks the page's own style sheet too, so the page is written to be read without it:
 * plain headings, lists and tables, borders as attributes, every state in words.
 */
public final class HtmlReport {

    private static final int MAX_PROBLEMS = 500;
    private static final int MAX_TEXT = 4_000;
    private static final String CSS = css();

    /** The page says itself that nothing but this style sheet may act in it, wherever it is served from. */
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(CSS) + "'; base-uri 'none'; form-action 'none'";

    private final Report report;
    private final Html html = new Html();

    private HtmlReport(Report report) {
        this.report = report;
    }

    /** The page. */
    public static String page(Report report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        html.open("html", "lang", "en").lineBreak();
        head();
        html.open("body").open("main");
        verdict();
        counters();
        html.in("div", this::summary, "class", "columns");
        problems();
        HtmlTimeline.writeOrder(html, report);
        new HtmlObjects(report, html).write();
        ignored();
        footer();
        return html.page();
    }

    private void ignored() {
        List<RuleMatch> matches = RuleMatch.of(report);
        if (matches.isEmpty()) {
            return;
        }
        html.in("section", () -> {
            html.element("h2", "Ignored, since a rule says so");
            html.in("ul", () -> matches.stream().limit(MAX_PROBLEMS).forEach(match -> {
                html.open("li").element("code", Printable.cut(match.rule(), MAX_TEXT));
                html.text((match.where().isEmpty() ? "" : " (" + Printable.line(match.where()) + ")") + ": "
                                + Printable.cut(match.summary(), MAX_TEXT))
                        .closeLine();
            }));
        });
    }

    private void head() {
        html.in("head", () -> {
            html.empty("meta", "charset", "utf-8");
            html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
            html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
            // Dark pages for those who like them, even where the style sheet is blocked.
            html.empty("meta", "name", "color-scheme", "content", "light dark");
            html.empty("meta", "name", "referrer", "content", "no-referrer");
            html.element(
                    "title", report.app() + ": " + Words.verdict(report) + " - " + Words.command(report.command()));
            html.style(CSS);
        });
    }

    private void verdict() {
        html.in(
                "header",
                () -> {
                    html.element("p", Words.command(report.command()) + " of " + report.app(), "class", "what");
                    html.open("h1");
                    html.element("span", mark(), "class", "mark", "aria-hidden", "true");
                    html.text(" " + Words.verdict(report)).closeLine();
                    if (!report.message().isEmpty()) {
                        html.element("p", Printable.cut(Words.sentence(report.message()), MAX_TEXT), "class", "why");
                    }
                    html.open("p", "class", "when");
                    time(html, report.startedAt());
                    html.text(", took " + Times.duration(report.duration())).closeLine();
                },
                "class",
                "verdict " + tone());
    }

    private String tone() {
        return switch (report.status()) {
            case IN_SYNC -> "good";
            case OUT_OF_SYNC, REFUSED -> "warn";
            case INVALID, FAILED, UNHEALTHY -> "bad";
            case ABORTED -> "quiet";
        };
    }

    private String mark() {
        return switch (report.status()) {
            case IN_SYNC -> "\u2713";
            case OUT_OF_SYNC -> "\u2260";
            case INVALID, FAILED, UNHEALTHY -> "\u2717";
            case REFUSED -> "!";
            case ABORTED -> "\u25a0";
        };
    }

    private void counters() {
        if (Counter.of(report).isEmpty()) {
            return;
        }
        html.in(
                "ul",
                () -> Counter.of(report)
                        .forEach(counter -> html.open("li", "class", counter.number() == 0 ? "zero" : counter.tone())
                                .element("strong", Printable.count(counter.number()))
                                .element("span", " " + counter.label())
                                .closeLine()),
                "class",
                "counters");
    }

    private void summary() {
        if (report.revision() != null
                || report.cluster() != null
                || !report.repository().isEmpty()) {
            html.in("section", () -> {
                html.element("h2", "What ran");
                html.in("dl", this::facts, "class", "facts");
            });
        }
        HtmlTimeline.write(html, report.phases());
    }

    private void facts() {
        Revision revision = report.revision();
        if (revision != null) {
            html.element("dt", "Commit").open("dd");
            html.element("code", revision.commit());
            if (revision.ref() != null) {
                html.text(" on ").element("b", revision.ref());
            }
            if (revision.subject() != null) {
                html.empty("br").element("span", Printable.cut(revision.subject(), 300), "class", "subject");
            }
            html.empty("br").open("span", "class", "quiet");
            if (revision.author() != null) {
                html.text("by " + revision.author() + (revision.committedAt() == null ? "" : ", "));
            }
            if (revision.committedAt() != null) {
                time(html, revision.committedAt());
            }
            html.close();
            if (revision.modified()) {
                html.empty("br").element("b", "with changes that are not committed");
            }
            html.closeLine();
        }
        if (revision != null && revision.commit().equals(report.lastSynced())) {
            html.element("dt", "Last synced").element("dd", "this commit").lineBreak();
        } else {
            fact("Last synced", report.lastSynced());
        }
        fact("Repository", report.repository());
        fact("Folder", report.path());
        Report.ClusterInfo cluster = report.cluster();
        if (cluster != null) {
            html.element("dt", "Cluster").open("dd");
            if (cluster.name() != null) {
                html.element("b", cluster.name()).text(" ");
            }
            html.element("code", cluster.server()).empty("br");
            html.open("span", "class", "quiet");
            html.text(cluster.version() == null ? "" : "Kubernetes " + cluster.version() + ", ");
            html.text(cluster.namespace() == null ? "" : "namespace " + cluster.namespace() + ", ");
            html.text(Words.plural(cluster.requests(), "request") + ", " + bytes(cluster.bytesReceived()));
            html.close().closeLine();
        }
    }

    private void fact(String label, String value) {
        if (value != null && !value.isEmpty()) {
            html.element("dt", label).open("dd").element("code", value).closeLine();
        }
    }

    private static String bytes(long bytes) {
        return bytes < 10_000 ? Printable.count(bytes) + " bytes" : Printable.count(bytes / 1024) + " KiB";
    }

    private void problems() {
        List<Problem> problems = report.problems();
        if (problems.isEmpty()) {
            return;
        }
        html.in("section", () -> {
            boolean errors = problems.stream().anyMatch(Problem::isError);
            HtmlObjects.heading(html, errors ? "Problems" : "Warnings", problems.size());
            table(html, "problems").open("thead").open("tr");
            List.of("Severity", "Where", "What and why").forEach(name -> html.element("th", name, "scope", "col"));
            html.close().close().open("tbody");
            problems.stream().limit(MAX_PROBLEMS).forEach(this::problem);
            html.close().closeLine();
            HtmlObjects.more(html, problems.size() - MAX_PROBLEMS, "problem");
        });
    }

    private void problem(Problem problem) {
        html.open("tr").open("td");
        html.element(
                "span", problem.isError() ? "error" : "warning", "class", problem.isError() ? "tag bad" : "tag warn");
        html.close().open("td", "class", "where");
        html.element(
                "code", problem.location() == null ? "" : problem.location().toString());
        html.close().open("td");
        paragraph(problem.message(), null);
        paragraph(problem.advice(), "advice");
        html.close().closeLine();
    }

    /** Text of several lines, such as a tool's complaint. */
    private void paragraph(String text, String style) {
        if (text.isEmpty()) {
            return;
        }
        html.open("p", "class", style);
        String[] lines = Printable.cut(text.strip(), MAX_TEXT).split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                html.empty("br");
            }
            html.text(lines[i]);
        }
        html.close();
    }

    private void footer() {
        html.in(
                "footer",
                () -> html.element(
                        "p",
                        "Exit code " + report.status().exitCode()
                                + ". The complete report, values in full, is report.json."));
    }

    /** Without the style sheet, a table's cells are told apart by its border alone. */
    static Html table(Html html, String style) {
        return html.open("table", "class", style, "border", "1", "cellpadding", "6", "cellspacing", "0");
    }

    static void time(Html html, Instant time) {
        html.element(
                "time",
                Times.absolute(time),
                "datetime",
                time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String css() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is missing from the program");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
