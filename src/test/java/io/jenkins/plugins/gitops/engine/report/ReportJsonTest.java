package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.Test;

public class ReportJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    public void whatIsReadIsWhatWasWritten() throws IOException {
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            Report read = ReportJson.read(ReportJson.write(sample.getValue()));
            assertEquals(sample.getKey(), sample.getValue(), read);
            assertEquals(sample.getKey(), sample.getValue().counts(), read.counts());
        }
    }

    @Test
    public void theFormIsTheOneThatScriptsRelyOn() throws IOException {
        Golden.assertMatches("out-of-sync.json", json(Reports.drifted()));
    }

    @Test
    public void totalsAndExitCodeAreThereForScripts() throws IOException {
        JsonNode json = MAPPER.readTree(ReportJson.write(Reports.drifted()));
        assertEquals(1, json.get("schemaVersion").intValue());
        assertEquals("OutOfSync", json.get("status").textValue());
        assertEquals(1, json.get("exitCode").intValue());
        assertEquals(4, json.at("/counts/drifted").intValue());
        assertEquals(12_480, json.get("durationMillis").intValue());
        assertEquals("2026-03-04T10:04:05.000Z", json.get("startedAt").textValue());
    }

    @Test
    public void anAbsentValueIsNotANullValue() throws IOException {
        ObjectReport object = Reports.object(
                "",
                "ConfigMap",
                "x",
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(new FieldChange("spec.x", null, NullNode.getInstance(), null, null, null)),
                null,
                "");
        FieldChange read = ReportJson.read(ReportJson.write(of(object)))
                .objects()
                .get(0)
                .fields()
                .get(0);
        assertNull(read.live());
        assertTrue(read.desired().isNull());
    }

    @Test
    public void numbersKeepTheirDigits() throws IOException {
        String digits = "{\"a\":12345678901234567890.123456789012345678901,\"b\":9007199254740993}";
        ObjectReport object = Reports.object(
                "",
                "Sample",
                "x",
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(new FieldChange("spec", ReportJson.MAPPER.readTree(digits), null, null, null, null)),
                null,
                "");
        byte[] once = ReportJson.write(of(object));
        assertTrue(new String(once, StandardCharsets.UTF_8).contains("12345678901234567890.123456789012345678901"));
        assertEquals(new String(once, StandardCharsets.UTF_8), json(ReportJson.read(once)));
    }

    @Test
    public void aNewerReportWithMorePropertiesIsUnderstood() throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(ReportJson.write(Reports.drifted()));
        json.putObject("newer").put("x", 1);
        ((ObjectNode) json.at("/objects/0")).put("newer", true);
        ((ObjectNode) json.at("/objects/0/fields/0")).put("newer", "x");
        assertEquals(Reports.drifted(), ReportJson.read(MAPPER.writeValueAsBytes(json)));
    }

    @Test
    public void derivedPropertiesCannotContradictTheRest() throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(ReportJson.write(Reports.drifted()));
        json.put("exitCode", 0);
        ((ObjectNode) json.get("counts")).put("drifted", 0);
        Report read = ReportJson.read(MAPPER.writeValueAsBytes(json));
        assertEquals(1, read.status().exitCode());
        assertEquals(4, read.counts().drifted());
    }

    @Test
    public void whatIsWrongIsNamed() throws IOException {
        refused("schemaVersion is 2", json -> json.put("schemaVersion", 2));
        refused("schemaVersion is missing", json -> json.remove("schemaVersion"));
        refused("app is missing", json -> json.remove("app"));
        refused("app is no string", json -> json.put("app", 1));
        refused("app is no string", json -> json.putNull("app"));
        refused("app is longer than 512 characters", json -> json.put("app", "x".repeat(513)));
        refused("status is none of InSync, OutOfSync", json -> json.put("status", "inSync"));
        refused("durationMillis is no whole number", json -> json.put("durationMillis", "12"));
        refused("durationMillis is no whole number", json -> json.put("durationMillis", -1));
        refused("durationMillis is no whole number", json -> json.put("durationMillis", 1.5));
        refused("startedAt is no time in UTC", json -> json.put("startedAt", "2026-03-04T10:04:05+01:00"));
        refused("startedAt is no time in UTC", json -> json.put("startedAt", "2026-02-31T10:04:05Z"));
        refused("revision is no object", json -> json.put("revision", "main"));
        refused("revision.commit is not a full commit hash", json -> at(json, "/revision")
                .put("commit", "main"));
        refused("revision.modified is no boolean", json -> at(json, "/revision").put("modified", "no"));
        refused("objects is no array", json -> json.putObject("objects"));
        refused("objects[1] is no object", json -> json.withArray("objects").set(1, MAPPER.nullNode()));
        refused("objects[3].kind is missing", json -> at(json, "/objects/3").remove("kind"));
        refused("objects[3].fields[1].path is no string", json -> at(json, "/objects/3/fields/1")
                .put("path", 1));
        refused("objects[0].source.line is no whole number", json -> at(json, "/objects/0/source")
                .put("line", -3));
    }

    @Test
    public void whatIsNoReportIsRefused() {
        for (String text : List.of("", "[]", "null", "{", "{}", "{\"schemaVersion\":1}", "not json", "\u0000")) {
            assertThrows(text, ReportFormatException.class, () -> ReportJson.read(bytes(text)));
        }
    }

    @Test
    public void aPropertyGivenTwiceIsRefused() throws IOException {
        String json = json(Reports.valid());
        refusedText("Duplicate field", json.replace("\"app\" :", "\"app\" : \"other\", \"app\" :"));
    }

    @Test
    public void whatFollowsTheReportIsRefused() throws IOException {
        refusedText("no JSON", json(Reports.valid()) + "{}");
    }

    @Test
    public void deepNestingIsRefusedAndNotFollowed() throws IOException {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        refusedText("nesting depth", json(Reports.valid()).replace("\"app\" :", "\"newer\" : " + deep + ", \"app\" :"));
    }

    @Test
    public void aHugeReportIsRefusedWithoutBeingReadToItsEnd() {
        InputStream endless = new InputStream() {
            private long read;

            @Override
            public int read() {
                assertTrue("reads on after its limit", ++read <= ReportJson.MAX_BYTES + 100_000L);
                return ' ';
            }
        };
        ReportFormatException e = assertThrows(ReportFormatException.class, () -> ReportJson.read(endless));
        assertTrue(e.getMessage(), e.getMessage().contains("larger than 32 MiB"));
    }

    @Test
    public void aSmallReportOfManyTinyValuesIsRefused() throws IOException {
        String many = "[" + "[],".repeat(3_000_000) + "[]]";
        refusedText("oken count", json(Reports.valid()).replace("\"app\" :", "\"newer\" : " + many + ", \"app\" :"));
    }

    @Test
    public void whateverIsWrittenCanBeReadAgain() throws IOException {
        JsonNode deep = JsonNodeFactory.instance.textNode("x");
        for (int i = 0; i < 300; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        ObjectReport object = Reports.object(
                "",
                "Sample",
                "n".repeat(2_000),
                Action.UPDATE,
                Result.FAILED,
                Cause.DRIFT,
                List.of(new FieldChange("p".repeat(9_000), deep, null, null, "m".repeat(9_000), null)),
                null,
                "e".repeat(100_000));
        Report read = ReportJson.read(ReportJson.write(of(object)));
        assertTrue(read.objects().get(0).message().endsWith("... (100,000 characters)"));
        assertTrue(read.objects().get(0).fields().get(0).live().isTextual());
    }

    @Test
    public void valuesAreCutWhereTheWholeWouldBeTooLarge() throws IOException {
        FieldChange huge =
                new FieldChange("data.x", Reports.text("x".repeat(9 << 20)), Reports.text("short"), null, null, null);
        ObjectReport object = Reports.object(
                "",
                "ConfigMap",
                "x",
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(huge, huge, huge, huge),
                null,
                "");
        byte[] json = ReportJson.write(of(object));
        assertTrue("has " + json.length + " bytes", json.length < 10_000);
        FieldChange read = ReportJson.read(new ByteArrayInputStream(json))
                .objects()
                .get(0)
                .fields()
                .get(0);
        assertTrue(read.live().textValue().endsWith("... (9,437,184 characters)"));
        assertEquals("short", read.desired().textValue());
    }

    @Test
    public void anUnmaskedSecretFromAnAgentIsMasked() throws IOException {
        String json = json(Reports.drifted()).replace("*** (before)", "aHVudGVyMg==");
        assertTrue(json.contains("aHVudGVyMg=="));
        assertFalse(json(ReportJson.read(bytes(json))).contains("aHVudGVyMg=="));
    }

    private static Report of(ObjectReport object) {
        return Reports.report(Command.DRIFT, Status.OUT_OF_SYNC, "", List.of(object), List.of());
    }

    private static String json(Report report) throws IOException {
        return new String(ReportJson.write(report), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode at(ObjectNode json, String pointer) {
        return (ObjectNode) json.at(pointer);
    }

    private static void refused(String message, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(ReportJson.write(Reports.drifted()));
        change.accept(json);
        refusedText(message, MAPPER.writeValueAsString(json));
    }

    private static void refusedText(String message, String json) {
        ReportFormatException e =
                assertThrows(message, ReportFormatException.class, () -> ReportJson.read(bytes(json)));
        assertTrue(e.getMessage(), e.getMessage().contains(message));
    }
}
