package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.Test;

/** Holds the published schema and the program together, in both directions. */
public class ReportSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    public void everyReportIsWhatTheSchemaSays() throws IOException {
        JsonSchema schema = schema(published());
        Set<Status> seen = EnumSet.noneOf(Status.class);
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            Set<ValidationMessage> errors = schema.validate(json(sample.getValue()));
            assertEquals(sample.getKey(), Set.of(), errors);
            seen.add(sample.getValue().status());
        }
        assertEquals("every status has a sample", EnumSet.allOf(Status.class), seen);
    }

    @Test
    public void everythingThatIsWrittenIsDocumented() throws IOException {
        JsonNode strict = published();
        close(strict);
        JsonSchema schema = schema(strict);
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            assertEquals(sample.getKey(), Set.of(), schema.validate(json(sample.getValue())));
        }
    }

    @Test
    public void everyPropertyOfTheSchemaIsDescribedAndWritten() throws IOException {
        Set<String> written = new TreeSet<>();
        for (Report report : Reports.all().values()) {
            names(json(report), written);
        }
        Set<String> documented = new TreeSet<>();
        properties(published(), documented);
        documented.removeAll(written);
        assertEquals("documented, and in no sample", Set.of(), documented);
    }

    @Test
    public void enumeratedValuesAreThoseOfTheProgram() throws IOException {
        JsonNode schema = published();
        assertEquals(spellings(Command.values()), values(schema.at("/properties/command/enum")));
        assertEquals(spellings(Status.values()), values(schema.at("/properties/status/enum")));
        JsonNode object = schema.at("/$defs/object/properties");
        assertEquals(
                spellings(io.jenkins.plugins.gitops.engine.plan.Action.values()), values(object.at("/action/enum")));
        assertEquals(spellings(ObjectReport.Result.values()), values(object.at("/result/enum")));
        assertEquals(spellings(io.jenkins.plugins.gitops.engine.plan.Cause.values()), values(object.at("/cause/enum")));
        assertEquals(
                spellings(io.jenkins.plugins.gitops.engine.health.HealthStatus.values()),
                values(schema.at("/$defs/health/properties/status/enum")));
        JsonNode step = schema.at("/$defs/step/properties");
        assertEquals(spellings(Step.Kind.values()), values(step.at("/kind/enum")));
        assertEquals(spellings(ObjectReport.Result.values()), values(step.at("/result/enum")));
        Set<String> codes = new TreeSet<>();
        for (Status status : Status.values()) {
            codes.add(Integer.toString(status.exitCode()));
        }
        assertEquals(codes, values(schema.at("/properties/exitCode/enum")));
    }

    @Test
    public void aWrongReportFails() throws IOException {
        JsonSchema schema = schema(published());
        fails(schema, json -> json.remove("app"));
        fails(schema, json -> json.put("schemaVersion", 2));
        fails(schema, json -> json.put("status", "IN_SYNC"));
        fails(schema, json -> json.put("startedAt", "yesterday"));
        fails(schema, json -> json.put("durationMillis", -1));
        fails(schema, json -> ((ObjectNode) json.at("/revision")).put("commit", "main"));
        fails(schema, json -> ((ObjectNode) json.at("/objects/0")).put("action", "Delete"));
        fails(schema, json -> ((ObjectNode) json.at("/objects/0/fields/0")).remove("path"));
        fails(schema, json -> ((ObjectNode) json.at("/objects/0/source")).put("line", 0));
    }

    private static void fails(JsonSchema schema, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = (ObjectNode) json(Reports.drifted());
        change.accept(json);
        assertFalse(schema.validate(json).isEmpty());
    }

    private static JsonSchema schema(JsonNode schema) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, config);
    }

    private static JsonNode published() throws IOException {
        return MAPPER.readTree(Golden.schema().toFile());
    }

    private static JsonNode json(Report report) throws IOException {
        return MAPPER.readTree(ReportJson.write(report));
    }

    /** Makes every object refuse properties that the schema does not name. */
    private static void close(JsonNode schema) {
        if (schema.isObject()
                && schema.has("properties")
                && "object".equals(schema.path("type").asText())) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(ReportSchemaTest::close);
    }

    private static void properties(JsonNode schema, Set<String> names) {
        if (schema.path("properties").isObject() && schema.has("type")) {
            schema.get("properties").properties().forEach(property -> {
                names.add(property.getKey());
                boolean described = property.getValue().has("description")
                        || property.getValue().has("$ref");
                assertEquals(property.getKey() + " has a description", true, described);
            });
        }
        schema.forEach(child -> properties(child, names));
    }

    private static void names(JsonNode json, Set<String> names) {
        json.fieldNames().forEachRemaining(names::add);
        json.forEach(child -> names(child, names));
    }

    private static Set<String> spellings(Enum<?>[] constants) {
        Set<String> spellings = new TreeSet<>();
        for (Enum<?> constant : constants) {
            spellings.add(Spelling.of(constant));
        }
        return spellings;
    }

    private static Set<String> values(JsonNode list) {
        Set<String> values = new TreeSet<>();
        list.forEach(value -> values.add(value.asText()));
        return values;
    }
}
