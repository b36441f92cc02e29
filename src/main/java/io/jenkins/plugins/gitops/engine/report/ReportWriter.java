package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.plan.IgnoredField;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes the JSON form. The totals come before the objects, so that a reader of those alone can stop early. */
final class ReportWriter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What is above a value: the report, its objects, an object, its fields, a field. */
    private static final int DEPTH_ABOVE_VALUES = 6;

    private static final int MAX_DEEP_VALUE = 10_000;

    private final int longestValue;
    private JsonGenerator out;

    /** @param longestValue a field's value whose text is longer is cut, in characters */
    ReportWriter(int longestValue) {
        this.longestValue = longestValue;
    }

    byte[] write(Report report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator generator = ReportJson.MAPPER.createGenerator(bytes)) {
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            out = generator;
            report(report);
            out.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private void report(Report report) throws IOException {
        out.writeStartObject();
        out.writeNumberField("schemaVersion", Report.SCHEMA_VERSION);
        text("command", Spelling.of(report.command()), Lengths.NAME);
        text("app", report.app(), Lengths.NAME);
        text("status", Spelling.of(report.status()), Lengths.NAME);
        out.writeNumberField("exitCode", report.status().exitCode());
        text("message", report.message(), Lengths.MESSAGE);
        text("repository", report.repository(), Lengths.PATH);
        text("path", report.path(), Lengths.PATH);
        if (report.revision() != null) {
            revision(report.revision());
        }
        text("lastSynced", report.lastSynced(), Lengths.NAME);
        text("rendered", report.rendered(), Lengths.NAME);
        if (report.cluster() != null) {
            cluster(report.cluster());
        }
        time("startedAt", report.startedAt());
        millis("durationMillis", report.duration());
        each("phases", report.phases(), phase -> {
            text("name", phase.name(), Lengths.NAME);
            millis("durationMillis", phase.duration());
        });
        if (!report.steps().isEmpty()) {
            each("steps", report.steps(), this::step);
        }
        counts(report.counts());
        each("problems", report.problems(), this::problem);
        each("objects", report.objects(), this::object);
        out.writeEndObject();
    }

    private void step(Step step) throws IOException {
        text("kind", Spelling.of(step.kind()), Lengths.NAME);
        text("phase", step.phase(), Lengths.NAME);
        out.writeNumberField("wave", step.wave());
        if (step.object() != null) {
            out.writeObjectFieldStart("object");
            id(step.object());
            out.writeEndObject();
        }
        out.writeNumberField("objects", step.objects());
        text("result", Spelling.of(step.result()), Lengths.NAME);
        millis("startMillis", step.start());
        millis("durationMillis", step.duration());
        text("message", step.message(), Lengths.MESSAGE);
    }

    private void id(ObjectId id) throws IOException {
        text("group", id.group(), Lengths.NAME);
        text("kind", id.kind(), Lengths.NAME);
        text("namespace", id.namespace(), Lengths.NAME);
        text("name", id.name(), Lengths.NAME);
    }

    private void revision(Revision revision) throws IOException {
        out.writeObjectFieldStart("revision");
        text("commit", revision.commit(), Lengths.NAME);
        text("ref", revision.ref(), Lengths.NAME);
        text("subject", revision.subject(), Lengths.PATH);
        text("author", revision.author(), Lengths.NAME);
        time("committedAt", revision.committedAt());
        out.writeBooleanField("modified", revision.modified());
        out.writeEndObject();
    }

    private void cluster(Report.ClusterInfo cluster) throws IOException {
        out.writeObjectFieldStart("cluster");
        text("name", cluster.name(), Lengths.NAME);
        text("server", cluster.server(), Lengths.PATH);
        text("version", cluster.version(), Lengths.NAME);
        text("namespace", cluster.namespace(), Lengths.NAME);
        out.writeNumberField("requests", cluster.requests());
        out.writeNumberField("bytesReceived", cluster.bytesReceived());
        out.writeEndObject();
    }

    private void counts(Report.Counts counts) throws IOException {
        out.writeObjectFieldStart("counts");
        out.writeNumberField("total", counts.total());
        out.writeNumberField("created", counts.created());
        out.writeNumberField("updated", counts.updated());
        out.writeNumberField("unchanged", counts.unchanged());
        out.writeNumberField("pruned", counts.pruned());
        out.writeNumberField("kept", counts.kept());
        out.writeNumberField("failed", counts.failed());
        out.writeNumberField("notReached", counts.notReached());
        out.writeNumberField("drifted", counts.drifted());
        out.writeNumberField("pending", counts.pending());
        out.writeNumberField("unhealthy", counts.unhealthy());
        out.writeNumberField("errors", counts.errors());
        out.writeNumberField("warnings", counts.warnings());
        out.writeEndObject();
    }

    private void problem(Problem problem) throws IOException {
        text("severity", Spelling.of(problem.severity()), Lengths.NAME);
        location("location", problem.location());
        text("message", problem.message(), Lengths.MESSAGE);
        text("advice", problem.advice(), Lengths.MESSAGE);
    }

    private void object(ObjectReport object) throws IOException {
        id(object.id());
        text("apiVersion", object.apiVersion(), Lengths.NAME);
        location("source", object.source());
        text("action", Spelling.of(object.action()), Lengths.NAME);
        text("result", Spelling.of(object.result()), Lengths.NAME);
        if (object.cause() != null) {
            text("cause", Spelling.of(object.cause()), Lengths.NAME);
        }
        each("fields", object.fields(), this::field);
        each("additions", object.additions(), this::field);
        if (!object.ignored().isEmpty()) {
            each("ignored", object.ignored(), this::ignored);
        }
        if (object.health() != null) {
            health(object.health());
        }
        text("message", object.message(), Lengths.MESSAGE);
    }

    private void ignored(IgnoredField field) throws IOException {
        text("path", field.path(), Lengths.PATH);
        text("rule", field.rule(), Lengths.PATH);
        location("source", field.source());
    }

    private void health(Health health) throws IOException {
        out.writeObjectFieldStart("health");
        text("status", Spelling.of(health.status()), Lengths.NAME);
        text("message", health.message(), Lengths.MESSAGE);
        out.writeBooleanField("terminal", health.terminal());
        if (!health.details().isEmpty()) {
            out.writeArrayFieldStart("details");
            for (String line : health.details()) {
                out.writeString(line);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void field(FieldChange field) throws IOException {
        text("path", field.path(), Lengths.PATH);
        value("live", field.live());
        value("desired", field.desired());
        if (field.cause() != null) {
            text("cause", Spelling.of(field.cause()), Lengths.NAME);
        }
        text("manager", field.manager(), Lengths.NAME);
        time("changedAt", field.changedAt());
    }

    private void value(String name, JsonNode value) throws IOException {
        if (value == null) {
            return;
        }
        out.writeFieldName(name);
        if (isDeeper(value, ReportJson.MAX_DEPTH - DEPTH_ABOVE_VALUES)) {
            out.writeString(Printable.cut(value.toString(), MAX_DEEP_VALUE));
        } else if (longestValue < Integer.MAX_VALUE && value.toString().length() > longestValue) {
            out.writeString(Printable.cut(FieldText.value(value), longestValue));
        } else {
            out.writeTree(value);
        }
    }

    private static boolean isDeeper(JsonNode value, int depth) {
        if (depth < 0) {
            return true;
        }
        for (JsonNode child : value) {
            if (isDeeper(child, depth - 1)) {
                return true;
            }
        }
        return false;
    }

    private void location(String name, SourceLocation location) throws IOException {
        if (location == null) {
            return;
        }
        out.writeObjectFieldStart(name);
        text("file", location.file(), Lengths.PATH);
        if (location.line() > 0) {
            out.writeNumberField("line", location.line());
        }
        if (location.line() > 0 && location.column() > 0) {
            out.writeNumberField("column", location.column());
        }
        out.writeEndObject();
    }

    private void time(String name, Instant time) throws IOException {
        if (time != null) {
            out.writeStringField(name, TIME.format(time));
        }
    }

    private void millis(String name, Duration duration) throws IOException {
        out.writeNumberField(name, Math.max(0, duration.toMillis()));
    }

    private void text(String name, String value, int max) throws IOException {
        if (value != null) {
            // The note on the length is within the length.
            out.writeStringField(name, value.length() <= max ? value : Printable.cut(value, max - 40));
        }
    }

    private <T> void each(String name, List<T> items, Body<T> body) throws IOException {
        out.writeArrayFieldStart(name);
        for (T item : items) {
            out.writeStartObject();
            body.write(item);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Writes the properties of one item. */
    private interface Body<T> {
        void write(T item) throws IOException;
    }
}
