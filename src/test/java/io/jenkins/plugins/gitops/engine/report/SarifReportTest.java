package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** What code scanning and the warnings plugins read. */
public class SarifReportTest {

    @Test
    public void everyProblemIsAResultWithItsPlace() throws Exception {
        Report report = Reports.invalid();
        JsonNode log = new ObjectMapper().readTree(SarifReport.write(report));
        assertEquals("2.1.0", log.path("version").asText());
        JsonNode run = log.path("runs").path(0);
        assertEquals("gitops", run.path("tool").path("driver").path("name").asText());
        assertEquals(report.problems().size(), run.path("results").size());
        for (int i = 0; i < report.problems().size(); i++) {
            Problem problem = report.problems().get(i);
            JsonNode result = run.path("results").get(i);
            assertEquals(
                    problem.isError() ? "error" : "warning",
                    result.path("level").asText());
            int rule = result.path("ruleIndex").asInt();
            assertEquals(
                    result.path("ruleId").asText(),
                    run.path("tool")
                            .path("driver")
                            .path("rules")
                            .get(rule)
                            .path("id")
                            .asText());
            assertTrue(result.path("message")
                    .path("text")
                    .asText()
                    .startsWith(problem.message().substring(0, 5)));
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            if (problem.location() == null) {
                assertEquals(0, result.path("locations").size());
            } else {
                assertEquals(
                        problem.location().file(),
                        place.path("artifactLocation").path("uri").asText());
                assertEquals(
                        problem.location().line(),
                        place.path("region").path("startLine").asInt());
            }
        }
    }

    /** The schema that OASIS publishes. */
    @Test
    public void everyReportIsWhatTheStandardsSchemaSays() throws Exception {
        JsonSchema schema = standard();
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            JsonNode log = new ObjectMapper().readTree(SarifReport.write(sample.getValue()));
            assertEquals(sample.getKey(), Set.of(), schema.validate(log));
        }
        ObjectNode wrong = (ObjectNode) new ObjectMapper().readTree(SarifReport.write(Reports.invalid()));
        wrong.withObject("/runs/0/results/0").put("level", "fatal");
        wrong.withObject("/runs/0/results/1/locations/0/physicalLocation/region")
                .put("startLine", 0);
        assertEquals(wrong.toString(), 2, schema.validate(wrong).size());
    }

    private static JsonSchema standard() throws IOException {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        try (InputStream schema = SarifSchema210.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema, config);
        }
    }

    @Test
    public void namesOfFilesAreUris() {
        String text = new String(SarifReport.write(Reports.hostile()), java.nio.charset.StandardCharsets.UTF_8);
        assertFalse(text, text.contains("\u001b"));
    }
}
