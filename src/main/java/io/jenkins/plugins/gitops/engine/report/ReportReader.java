package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.plan.IgnoredField;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.util.regex.Pattern;

/** Reads the JSON form, which may come from a machine that is not trusted. */
final class ReportReader {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    private ReportReader() {}

    static Report read(JsonNode root) throws ReportFormatException {
        try {
            Fields report = Fields.of(root, "");
            long version = report.number("schemaVersion");
            if (version != Report.SCHEMA_VERSION) {
                throw report.malformed(
                        "schemaVersion",
                        "is " + version + ", and this plugin reads version " + Report.SCHEMA_VERSION
                                + " only: use the same version of the plugin to write and to read");
            }
            return report(report);
        } catch (Fields.Malformed e) {
            throw new ReportFormatException("the report cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            // Values that are sound one by one, and not together.
            throw new ReportFormatException("the report contradicts itself: " + e.getMessage(), e);
        }
    }

    private static Report report(Fields in) {
        return new Report(
                in.oneOf("command", Command.class),
                in.text("app", Lengths.NAME),
                in.oneOf("status", Status.class),
                in.text("message", Lengths.MESSAGE),
                in.text("repository", Lengths.PATH),
                in.text("path", Lengths.PATH),
                in.optionalObject("revision", ReportReader::revision),
                in.optionalText("lastSynced", Lengths.NAME),
                in.optionalText("rendered", Lengths.NAME),
                in.optionalObject("cluster", ReportReader::cluster),
                in.time("startedAt"),
                in.millis("durationMillis"),
                in.list(
                        "phases",
                        phase -> new Report.Phase(phase.text("name", Lengths.NAME), phase.millis("durationMillis"))),
                in.optionalList("steps", ReportReader::step),
                in.list("objects", ReportReader::object),
                in.list("problems", ReportReader::problem));
    }

    private static Revision revision(Fields in) {
        return new Revision(
                in.matching("commit", COMMIT, "a full commit hash"),
                in.optionalText("ref", Lengths.NAME),
                in.optionalText("subject", Lengths.PATH),
                in.optionalText("author", Lengths.NAME),
                in.optionalTime("committedAt"),
                in.bool("modified"));
    }

    private static Report.ClusterInfo cluster(Fields in) {
        return new Report.ClusterInfo(
                in.optionalText("name", Lengths.NAME),
                in.text("server", Lengths.PATH),
                in.optionalText("version", Lengths.NAME),
                in.optionalText("namespace", Lengths.NAME),
                in.number("requests"),
                in.number("bytesReceived"));
    }

    private static Problem problem(Fields in) {
        return new Problem(
                in.oneOf("severity", Problem.Severity.class),
                in.optionalObject("location", ReportReader::location),
                in.text("message", Lengths.MESSAGE),
                in.text("advice", Lengths.MESSAGE));
    }

    private static SourceLocation location(Fields in) {
        return new SourceLocation(in.text("file", Lengths.PATH), in.position("line"), in.position("column"));
    }

    private static Step step(Fields in) {
        return new Step(
                in.oneOf("kind", Step.Kind.class),
                in.text("phase", Lengths.NAME),
                in.integer("wave"),
                in.optionalObject("object", ReportReader::id),
                (int) Math.min(Integer.MAX_VALUE, in.number("objects")),
                in.oneOf("result", ObjectReport.Result.class),
                in.millis("startMillis"),
                in.millis("durationMillis"),
                in.text("message", Lengths.MESSAGE));
    }

    private static ObjectId id(Fields in) {
        return new ObjectId(
                in.text("group", Lengths.NAME),
                in.text("kind", Lengths.NAME),
                in.text("namespace", Lengths.NAME),
                in.text("name", Lengths.NAME));
    }

    private static ObjectReport object(Fields in) {
        return new ObjectReport(
                id(in),
                in.text("apiVersion", Lengths.NAME),
                in.optionalObject("source", ReportReader::location),
                in.oneOf("action", Action.class),
                in.oneOf("result", ObjectReport.Result.class),
                in.optionalOneOf("cause", Cause.class),
                in.list("fields", ReportReader::field),
                in.list("additions", ReportReader::field),
                in.optionalList("ignored", ReportReader::ignored),
                in.optionalObject("health", ReportReader::health),
                in.text("message", Lengths.MESSAGE));
    }

    private static FieldChange field(Fields in) {
        return new FieldChange(
                in.text("path", Lengths.PATH),
                in.value("live"),
                in.value("desired"),
                in.optionalOneOf("cause", Cause.class),
                in.optionalText("manager", Lengths.NAME),
                in.optionalTime("changedAt"));
    }

    private static IgnoredField ignored(Fields in) {
        return new IgnoredField(
                in.text("path", Lengths.PATH),
                in.text("rule", Lengths.PATH),
                in.optionalObject("source", ReportReader::location));
    }

    private static Health health(Fields in) {
        return new Health(
                in.oneOf("status", HealthStatus.class),
                in.text("message", Lengths.MESSAGE),
                in.bool("terminal"),
                in.optionalTexts("details", Lengths.MESSAGE));
    }
}
