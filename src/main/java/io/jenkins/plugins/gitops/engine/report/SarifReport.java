package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The problems of a run as SARIF 2.1.0, for code scanning, editors and the warnings of a build. Paths are relative to
 * the repository's root.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReport {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

    private SarifReport() {}

    /** The JSON, in UTF-8. */
    public static byte[] write(Report report) {
        ObjectNode log = ReportJson.MAPPER.createObjectNode();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "gitops");
        driver.put("informationUri", "https://github.com/jenkinsci/gitops-plugin");
        ArrayNode rules = driver.putArray("rules");
        rule(rules, "unsound", "The manifest is not sound", "error");
        rule(rules, "doubtful", "The manifest is probably not what was meant", "warning");
        ObjectNode invocation = run.putArray("invocations").addObject();
        invocation.put(
                "executionSuccessful", Set.of(Status.IN_SYNC, Status.INVALID).contains(report.status()));
        invocation.put("exitCode", report.status().exitCode());
        run.put("columnKind", "unicodeCodePoints");
        run.putObject("originalUriBaseIds")
                .putObject("SRCROOT")
                .putObject("description")
                .put("text", "the root of the config repository");
        ArrayNode results = run.putArray("results");
        report.problems().forEach(problem -> result(results.addObject(), problem));
        try {
            return ReportJson.MAPPER
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(log)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void rule(ArrayNode rules, String id, String text, String level) {
        ObjectNode rule = rules.addObject();
        rule.put("id", id);
        rule.putObject("shortDescription").put("text", text);
        rule.putObject("defaultConfiguration").put("level", level);
    }

    private static void result(ObjectNode result, Problem problem) {
        result.put("ruleId", problem.isError() ? "unsound" : "doubtful");
        result.put("ruleIndex", problem.isError() ? 0 : 1);
        result.put("level", problem.isError() ? "error" : "warning");
        String text = problem.advice().isEmpty() ? problem.message() : problem.message() + "; " + problem.advice();
        result.putObject("message").put("text", Printable.line(text));
        ArrayNode locations = result.putArray("locations");
        SourceLocation location = problem.location();
        if (location != null) {
            ObjectNode physical = locations.addObject().putObject("physicalLocation");
            physical.putObject("artifactLocation")
                    .put("uri", uri(location.file()))
                    .put("uriBaseId", "SRCROOT");
            if (location.line() > 0) {
                ObjectNode region = physical.putObject("region").put("startLine", location.line());
                if (location.column() > 0) {
                    region.put("startColumn", location.column());
                }
            }
        }
    }

    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append(String.format("%%%02X", (int) c));
            }
        }
        return uri.toString();
    }
}
