package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of the page: those that ask for attention in tables by namespace, drift first, the others in a list. */
final class HtmlObjects {

    private static final int MAX_ROWS = 3_000;
    private static final int MAX_NAMES = 20_000;
    private static final int MAX_TEXT = 2_000;
    private static final List<String> COLUMNS = List.of("Kind", "Name", "Change", "Health", "Declared in");

    private final Report report;
    private final Html html;
    private final HtmlFields fields;

    HtmlObjects(Report report, Html html) {
        this.report = report;
        this.html = html;
        this.fields = new HtmlFields(html, report.writes());
    }

    void write() {
        Map<Section, List<ObjectReport>> sections = Section.split(report);
        sections.forEach((section, objects) -> {
            if (objects.isEmpty()) {
                return;
            }
            switch (section) {
                case DRIFT -> drift(objects);
                case UNCHANGED -> unchanged(objects);
                default -> table(section, objects);
            }
        });
    }

    static void heading(Html html, String title, int count) {
        html.open("h2")
                .text(title + " ")
                .element("span", "(" + Printable.count(count) + ")", "class", "count")
                .closeLine();
    }

    /** Says how many are not shown; nothing where all are. */
    static void more(Html html, int count, String noun) {
        if (count > 0) {
            html.element("p", Words.plural(count, noun) + " more: see report.json", "class", "more");
        }
    }

    private void drift(List<ObjectReport> objects) {
        html.in(
                "section",
                () -> {
                    heading(html, "Drift", objects.size());
                    html.element(
                            "p",
                            "These objects left what was last synced: somebody changed or deleted them in the cluster.",
                            "class",
                            "note");
                    fields.open();
                    objects.stream().limit(MAX_ROWS).forEach(this::drifted);
                    html.closeLine();
                    more(html, objects.size() - MAX_ROWS, "object");
                },
                "class",
                "drift");
    }

    private void drifted(ObjectReport object) {
        html.open("tbody")
                .open("tr", "class", "object")
                .open("th", "scope", "rowgroup", "colspan", "4", "align", "left");
        html.element("span", object.id().kind() + " ", "class", "kind");
        name(object);
        separator(": ");
        tags(object);
        if (object.source() != null) {
            separator(";");
            source(object, " declared in ");
        }
        html.close().closeLine();
        List<String> remarks = new ArrayList<>();
        if (!object.message().isEmpty()) {
            remarks.add(object.message());
        }
        if (object.unhealthy()) {
            remarks.add(Words.health(object.health()));
            remarks.addAll(object.health().details());
        }
        for (String remark : remarks) {
            html.open("tr")
                    .element("td", Printable.cut(remark, MAX_TEXT), "colspan", "4")
                    .closeLine();
        }
        fields.rows(object);
        html.closeLine();
    }

    private void name(ObjectReport object) {
        if (!object.id().namespace().isEmpty()) {
            html.element("span", object.id().namespace() + "/", "class", "quiet");
        }
        html.element("b", object.id().name());
    }

    private void tags(ObjectReport object) {
        html.element("span", Words.action(report, object), "class", "tag " + tone(object));
        String cause = Words.cause(object);
        if (!cause.isEmpty()) {
            separator(", ");
            html.element("span", cause, "class", cause.startsWith("drift") ? "tag drift" : "tag quiet");
        }
    }

    /** What keeps words apart where there is no style sheet. */
    private void separator(String text) {
        html.element("span", text, "class", "separator").text(" ");
    }

    private String tone(ObjectReport object) {
        if (object.result() == ObjectReport.Result.FAILED || report.notReached(object)) {
            return "bad";
        }
        return switch (object.action()) {
            case CREATE -> "good";
            case UPDATE -> "warn";
            case REPLACE, PRUNE -> "bad";
            case NONE, KEEP -> "quiet";
        };
    }

    private void source(ObjectReport object, String before) {
        if (object.source() != null) {
            html.open("span", "class", "source").text(before);
            html.element("code", object.source().toString()).close();
        }
    }

    private void table(Section section, List<ObjectReport> objects) {
        html.in("section", () -> {
            heading(html, title(section), objects.size());
            HtmlReport.table(html, "objects").open("thead").open("tr");
            COLUMNS.forEach(name -> html.element("th", name, "scope", "col"));
            html.close().closeLine();
            Map<String, List<ObjectReport>> byNamespace = new LinkedHashMap<>();
            objects.stream().limit(MAX_ROWS).forEach(object -> byNamespace
                    .computeIfAbsent(object.id().namespace(), namespace -> new ArrayList<>())
                    .add(object));
            byNamespace.forEach(this::namespace);
            html.closeLine();
            more(html, objects.size() - MAX_ROWS, "object");
        });
    }

    private String title(Section section) {
        return switch (section) {
            case DRIFT -> "Drift";
            case FAILED -> "Failed";
            case UNHEALTHY -> "Not healthy";
            case CHANGED -> report.writes() ? "Changed" : "To be changed";
            case NOT_REACHED -> "Not reached";
            case KEPT -> "Left as they are";
            case UNCHANGED -> report.command() == Command.VALIDATE ? "Valid" : "Unchanged";
        };
    }

    private void namespace(String namespace, List<ObjectReport> objects) {
        html.open("tbody").open("tr", "class", "namespace");
        html.open("th", "scope", "rowgroup", "colspan", "5", "align", "left");
        html.text(namespace.isEmpty() ? "Cluster-scoped" : "Namespace " + namespace);
        html.close().closeLine();
        objects.forEach(this::row);
        html.closeLine();
    }

    private void row(ObjectReport object) {
        html.open("tr").element("td", object.id().kind(), "title", object.apiVersion());
        html.open("th", "scope", "row", "align", "left")
                .text(object.id().name())
                .close();
        html.open("td");
        tags(object);
        if (!object.message().isEmpty()) {
            html.empty("br").element("span", Printable.cut(object.message(), MAX_TEXT), "class", "message");
        }
        html.close().open("td");
        health(object);
        html.close().open("td");
        source(object, "");
        html.close().closeLine();
        if (!object.fields().isEmpty() || !object.additions().isEmpty()) {
            html.open("tr", "class", "fields").open("td", "colspan", "5");
            fields.details(object);
            html.close().closeLine();
        }
    }

    private void health(ObjectReport object) {
        if (object.health() == null) {
            return;
        }
        HealthStatus status = object.health().status();
        String tone =
                switch (status) {
                    case HEALTHY -> "good";
                    case PROGRESSING, SUSPENDED -> "warn";
                    case DEGRADED, MISSING -> "bad";
                    case UNKNOWN -> "quiet";
                };
        html.element("span", Spelling.of(status), "class", "tag " + tone);
        if (!object.health().message().isEmpty()) {
            html.empty("br").element("span", Printable.cut(object.health().message(), MAX_TEXT), "class", "message");
        }
        for (String line : object.health().details()) {
            html.empty("br").element("span", line, "class", "message quiet");
        }
    }

    private String unchangedSummary(int count) {
        String state = report.command() == Command.VALIDATE ? "sound" : "exactly what Git declares";
        return Words.plural(count, "object") + (count == 1 ? " is " : " are ") + state;
    }

    /** Names only: there are thousands of them where an app is large. */
    private void unchanged(List<ObjectReport> objects) {
        Map<String, Map<String, List<String>>> names = new TreeMap<>();
        for (ObjectReport object : objects.subList(0, Math.min(MAX_NAMES, objects.size()))) {
            names.computeIfAbsent(object.id().namespace(), namespace -> new TreeMap<>())
                    .computeIfAbsent(object.id().kind(), kind -> new ArrayList<>())
                    .add(object.id().name());
        }
        html.in("section", () -> {
            heading(html, title(Section.UNCHANGED), objects.size());
            html.open("details").element("summary", unchangedSummary(objects.size()));
            HtmlReport.table(html, null);
            names.forEach((namespace, kinds) -> {
                html.open("tbody").open("tr", "class", "namespace");
                html.element(
                        "th",
                        namespace.isEmpty() ? "Cluster-scoped" : "Namespace " + namespace,
                        "scope",
                        "rowgroup",
                        "colspan",
                        "2",
                        "align",
                        "left");
                html.closeLine();
                kinds.forEach((kind, list) -> html.open("tr")
                        .element(
                                "th", kind + " (" + list.size() + ")", "scope", "row", "align", "left", "valign", "top")
                        .element("td", String.join(", ", list), "class", "names")
                        .closeLine());
                html.closeLine();
            });
            html.closeLine();
            more(html, objects.size() - MAX_NAMES, "object");
            html.closeLine();
        });
    }
}
