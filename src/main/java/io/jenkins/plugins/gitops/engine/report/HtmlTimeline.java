package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.List;

/** Where the time went: a table of the phases with a bar for each, drawn with attributes alone. */
final class HtmlTimeline {

    private static final int WIDTH = 260;
    private static final int MAX_PHASES = 50;
    private static final int MAX_STEPS = 200;

    private HtmlTimeline() {}

    static void write(Html html, List<Report.Phase> phases) {
        if (phases.isEmpty()) {
            return;
        }
        long total = Math.max(
                1,
                phases.stream().mapToLong(phase -> phase.duration().toMillis()).sum());
        html.in("section", () -> {
            html.element("h2", "Where the time went");
            html.open("table", "class", "timeline").open("thead").open("tr");
            html.element("th", "Phase", "scope", "col").element("th", "Took", "scope", "col");
            html.element("td", "").close().close().open("tbody");
            long before = 0;
            for (Report.Phase phase : phases.subList(0, Math.min(MAX_PHASES, phases.size()))) {
                long millis = phase.duration().toMillis();
                html.open("tr").element("th", Printable.line(phase.name(), 30), "scope", "row");
                html.element("td", Times.duration(phase.duration()), "align", "right")
                        .open("td");
                bar(html, before * WIDTH / total, millis * WIDTH / total);
                html.close().closeLine();
                before += millis;
            }
            html.close().closeLine();
        });
    }

    /** The waves and hooks in their order, each with its place in time. */
    static void writeOrder(Html html, Report report) {
        if (!Words.isOrdered(report)) {
            return;
        }
        long total = Math.max(1, report.duration().toMillis());
        html.in("section", () -> {
            html.element("h2", "Order");
            html.open("table", "class", "timeline order").open("thead").open("tr");
            html.element("th", "Step", "scope", "col").element("th", "What", "scope", "col");
            html.element("th", "How it went", "scope", "col");
            html.element("td", "").close().close().open("tbody");
            for (Step step :
                    report.steps().subList(0, Math.min(MAX_STEPS, report.steps().size()))) {
                html.open("tr").element("th", Printable.line(step.title(), 40), "scope", "row");
                html.element("td", Printable.line(Words.content(step), 300));
                html.open("td").text(Words.state(step));
                if (!step.message().isEmpty()) {
                    html.empty("br").element("span", Printable.line(step.message(), 600), "class", "quiet");
                }
                html.close().open("td");
                if (step.duration().toMillis() > 0) {
                    bar(
                            html,
                            step.start().toMillis() * WIDTH / total,
                            step.duration().toMillis() * WIDTH / total);
                }
                html.close().closeLine();
            }
            html.close().closeLine();
            HtmlObjects.more(html, report.steps().size() - MAX_STEPS, "step");
        });
    }

    private static void bar(Html html, long from, long length) {
        // The cell may be narrower or wider than the drawing.
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " 12",
                "preserveAspectRatio",
                "none",
                "width",
                Integer.toString(WIDTH),
                "height",
                "12",
                "aria-hidden",
                "true");
        rect(html, "track", 0, WIDTH, 5, 2, "#8b949e", "0.25");
        rect(html, "bar", Math.min(from, WIDTH - 2), Math.max(2, length), 2, 8, "#4a7fd4", "1");
        html.close();
    }

    private static void rect(
            Html html, String style, long x, long width, int y, int height, String fill, String opacity) {
        html.open(
                        "rect",
                        "class",
                        style,
                        "x",
                        Long.toString(x),
                        "y",
                        Integer.toString(y),
                        "width",
                        Long.toString(width),
                        "height",
                        Integer.toString(height),
                        "rx",
                        "1",
                        "fill",
                        fill,
                        "fill-opacity",
                        opacity)
                .close();
    }
}
