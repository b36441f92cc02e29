package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.FieldView;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.List;
import java.util.stream.Stream;

/** One object as a row of the page. */
public final class ObjectRow {

    private static final FieldView.Limits LIMITS = new FieldView.Limits(240, 60);
    private static final int MAX_FIELDS = 200;
    private static final int MAX_DETAILS = 20;

    private final Report report;
    private final ObjectReport object;
    private final AppPage.SinceBuild since;
    private final List<FieldRow> fields;

    /** @param maxFields how many fields the page has room for */
    ObjectRow(Report report, ObjectReport object, AppPage.SinceBuild since, int maxFields) {
        this.report = report;
        this.object = object;
        this.since = since;
        this.fields = Stream.concat(
                        object.fields().stream().map(field -> FieldView.of(field, LIMITS)),
                        object.additions().stream().map(field -> FieldView.addition(field, LIMITS)))
                .limit(Math.min(MAX_FIELDS, maxFields))
                .map(FieldRow::new)
                .toList();
    }

    /** Since which build it is in trouble; {@code null} where it is not. */
    public AppPage.SinceBuild getSince() {
        return since;
    }

    public String getName() {
        return object.id().name();
    }

    /** Empty for objects that are in none. */
    public String getNamespace() {
        return object.id().namespace();
    }

    public String getApiVersion() {
        return object.apiVersion();
    }

    /** {@code file:line:column}; {@code null} where Git does not declare it. */
    public String getSource() {
        return object.source() == null ? null : object.source().toString();
    }

    /** {@code updated}, {@code prune: failed}. */
    public String getAction() {
        return PageWords.action(report, object);
    }

    /** {@code drift corrected}; empty where there is nothing to say. */
    public String getCause() {
        return PageWords.cause(object);
    }

    /** {@code healthy}, {@code progressing}; empty where it was not assessed. */
    public String getHealth() {
        return object.health() == null ? "" : PageWords.health(object.health().status());
    }

    /** Why it is not healthy: {@code 1 of 3 replicas are available}; empty where there is nothing to say. */
    public String getHealthMessage() {
        return object.health() == null ? "" : object.health().message();
    }

    /** What its Pods and the events say of why it is not healthy; empty where it is. */
    public List<String> getHealthDetails() {
        return object.unhealthy()
                ? object.health().details().stream().limit(MAX_DETAILS).toList()
                : List.of();
    }

    public String getMessage() {
        return object.message();
    }

    /** How the design library shows the action: {@code success}, {@code warning}, {@code error}, {@code secondary}. */
    public String getActionTone() {
        if (object.result() == ObjectReport.Result.FAILED || report.notReached(object)) {
            return "error";
        }
        return switch (object.action()) {
            case CREATE -> "success";
            case UPDATE -> "warning";
            case REPLACE, PRUNE -> "error";
            case NONE, KEEP -> "secondary";
        };
    }

    /** As {@link #getActionTone()}, for the health. */
    public String getHealthTone() {
        HealthStatus status =
                object.health() == null ? HealthStatus.UNKNOWN : object.health().status();
        return switch (status) {
            case HEALTHY -> "success";
            case PROGRESSING, SUSPENDED -> "warning";
            case DEGRADED, MISSING -> "error";
            case UNKNOWN -> "secondary";
        };
    }

    /** The fields that differ, and those that somebody added, as many as there is room for. */
    public List<FieldRow> getFields() {
        return fields;
    }

    public int getFieldCount() {
        return object.fields().size() + object.additions().size();
    }

    /** How many fields {@link #getFields()} leaves out. */
    public int getFieldsLeftOut() {
        return getFieldCount() - fields.size();
    }
}
