package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.FieldView.Kind;
import java.util.List;

/** Fields as rows of a table: which, the value in the cluster, the value in Git, by whom and when. */
final class HtmlFields {

    private static final FieldView.Limits LIMITS = new FieldView.Limits(240, 60);

    /** So many fields make a page that a browser still shows at once. */
    private static final int MAX_FIELDS = 2_000;

    /** A diff of so few lines is open from the start. */
    private static final int SHORT_DIFF = 12;

    private final Html html;
    private final boolean synced;
    private int left = MAX_FIELDS;

    /** @param synced whether the values in the cluster are those before a sync */
    HtmlFields(Html html, boolean synced) {
        this.html = html;
        this.synced = synced;
    }

    /** Opens the table and names its columns. */
    void open() {
        HtmlReport.table(html, "values").open("thead").open("tr");
        List.of("Field", synced ? "Live before the sync" : "Live in the cluster", "Declared in Git", "Changed by")
                .forEach(name -> html.element("th", name, "scope", "col"));
        html.close().closeLine();
    }

    /** A closed element that opens to the table of the object's fields. */
    void details(ObjectReport object) {
        int count = object.fields().size() + object.additions().size();
        html.open("details").element("summary", count == 1 ? "1 field differs" : count + " fields differ");
        open();
        html.open("tbody");
        rows(object);
        html.close().close().closeLine();
    }

    void rows(ObjectReport object) {
        int shown = left;
        for (FieldChange field : object.fields()) {
            if (left > 0) {
                left--;
                row(FieldView.of(field, LIMITS));
            }
        }
        for (FieldChange field : object.additions()) {
            if (left > 0) {
                left--;
                row(FieldView.addition(field, LIMITS));
            }
        }
        int more = object.fields().size() + object.additions().size() - (shown - left);
        if (more > 0) {
            html.open("tr").open("td", "colspan", "4", "class", "more");
            html.text(Words.plural(more, "field") + " more: see report.json")
                    .close()
                    .closeLine();
        }
    }

    private void row(FieldView view) {
        html.open("tr")
                .open("th", "scope", "row", "align", "left")
                .open("code")
                .breakable(view.path(), ".[")
                .close()
                .close();
        if (view.diff() != null) {
            html.open("td", "colspan", "2");
            diff(view);
            html.close();
        } else {
            boolean stays = view.kind() == Kind.OWNER || view.kind() == Kind.EXTRA;
            value(stays ? "stays" : "live", view.live(), view.kind() == Kind.ADD ? "not set" : "");
            value("desired", view.desired(), withoutDesired(view.kind()));
        }
        html.open("td", "class", "who", "nowrap", "");
        if (view.change().manager() != null) {
            html.element("b", view.change().manager()).empty("br");
        }
        if (view.change().changedAt() != null) {
            HtmlReport.time(html, view.change().changedAt());
        }
        html.close().closeLine();
    }

    private static String withoutDesired(Kind kind) {
        return switch (kind) {
            case REMOVE -> "not set";
            case OWNER -> "the same value; another manager took it over";
            case EXTRA -> "not declared; a sync leaves it";
            default -> "";
        };
    }

    private void value(String style, String value, String instead) {
        html.open("td", "class", instead.isEmpty() ? style : "none");
        if (instead.isEmpty()) {
            html.open("code").breakable(value, "/@").close();
        } else {
            html.element("i", instead);
        }
        html.close();
    }

    private void diff(FieldView view) {
        boolean isShort = view.diff().lines().size() <= SHORT_DIFF;
        html.open("details", "open", isShort ? "" : null);
        html.element("summary", view.summary() + suffix(view.kind()));
        html.open("pre");
        for (LineDiff.Line line : view.diff().lines()) {
            String number = line.number() == 0 ? "" : String.format("%4d ", line.number());
            String style = line.sign() == '-' ? "live" : line.sign() == '+' ? "desired" : "quiet";
            html.element("span", number + line.sign() + " " + line.text(), "class", style)
                    .lineBreak();
        }
        html.close();
        if (view.diff().leftOut() > 0) {
            html.element("p", Words.plural(view.diff().leftOut(), "line") + " more: see report.json", "class", "more");
        }
        html.close();
    }

    private static String suffix(Kind kind) {
        return switch (kind) {
            case ADD -> ", not in the cluster";
            case REMOVE -> ", not in Git";
            case OWNER -> "; another manager took it over";
            case EXTRA -> ", not declared in Git; a sync leaves it";
            case CHANGE -> ": - live, + declared";
        };
    }
}
