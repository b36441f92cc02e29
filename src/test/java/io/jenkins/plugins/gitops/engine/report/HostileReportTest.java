package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each value of a report in turn is replaced by what a lying node might send: it is refused, or every form is sound. */
public class HostileReportTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MARKUP =
            "</td></script><script>alert(1)</script><img src=x onerror=alert(1)>\u001b[2J\u202e\u0000";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static List<JsonNode> values() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        List<JsonNode> values = new ArrayList<>(List.of(
                json.nullNode(),
                json.booleanNode(true),
                json.arrayNode(),
                json.objectNode(),
                json.arrayNode().add(MARKUP).addNull().add(json.objectNode()),
                json.numberNode(-1),
                json.numberNode(0),
                json.numberNode(Integer.MAX_VALUE),
                json.numberNode(Integer.MIN_VALUE),
                json.numberNode((1L << 53) - 1)));
        for (String text : List.of(
                "",
                MARKUP,
                "../../../etc/passwd",
                "/etc/passwd",
                "javascript:alert(1)",
                "a\nb\r\n```\n",
                "\ud800",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "Splendid",
                "x".repeat(Lengths.NAME),
                "\u001b".repeat(Lengths.PATH),
                "<".repeat(Lengths.MESSAGE),
                "x".repeat(Lengths.MESSAGE + 1))) {
            values.add(json.textNode(text));
        }
        return values;
    }

    /** One place for each property, by its path: of a list the first item in which it is. */
    private static void places(JsonNode node, String path, String pattern, Map<String, String> places) {
        if (node.isObject()) {
            node.fields().forEachRemaining(entry -> {
                places.putIfAbsent(pattern + "/" + entry.getKey(), path + "/" + entry.getKey());
                places(entry.getValue(), path + "/" + entry.getKey(), pattern + "/" + entry.getKey(), places);
            });
        } else {
            for (int i = 0; i < node.size(); i++) {
                places(node.get(i), path + "/" + i, pattern + "/*", places);
            }
        }
    }

    @Test
    public void whateverIsSentIsRefusedOrShownInEveryForm() throws Exception {
        int refused = 0;
        int shown = 0;
        Set<String> seen = new HashSet<>();
        for (Report sample : List.of(Reports.drifted(), Reports.ordered(), Reports.unhealthy())) {
            JsonNode sound = MAPPER.readTree(ReportJson.write(sample));
            Map<String, String> places = new LinkedHashMap<>();
            places(sound, "", "", places);
            assertTrue("places: " + places.size(), places.size() > 20);
            places.keySet().removeIf(pattern -> !seen.add(pattern));
            for (String place : places.values()) {
                int slash = place.lastIndexOf('/');
                for (JsonNode value : values()) {
                    JsonNode lie = sound.deepCopy();
                    ((ObjectNode) lie.at(place.substring(0, slash))).set(place.substring(slash + 1), value);
                    try {
                        Report read = ReportJson.read(MAPPER.writeValueAsBytes(lie));
                        shown++;
                        isSound(place, read);
                    } catch (ReportFormatException e) {
                        refused++;
                        assertTrue(place + ": " + e.getMessage(), e.getMessage().length() < 1_000);
                    }
                }
            }
        }
        assertTrue(refused + " refused, " + shown + " shown", refused > 300 && shown > 300);
    }

    private void isSound(String place, Report report) throws Exception {
        byte[] json = ReportJson.write(report);
        assertArrayEquals(place, json, ReportJson.write(ReportJson.read(json)));
        String html = HtmlReport.page(report);
        assertFalse(place, html.contains("<script") || html.contains("<img"));
        assertTrue(place, MarkdownReport.markdown(report).length() <= MarkdownReport.MAX_CHARACTERS);
        DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
        xml.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        assertNotNull(xml.newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitReport.xml(report).getBytes(StandardCharsets.UTF_8))));
        TextReport text = new TextReport(Style.PLAIN);
        List<String> lines = new ArrayList<>(text.footer(report));
        report.problems().forEach(problem -> lines.addAll(text.problem(problem)));
        report.objects().forEach(object -> lines.addAll(text.object(report, object)));
        for (String line : lines) {
            assertFalse(place + ": " + line, line.codePoints().anyMatch(c -> c != '\n' && Printable.isHidden(c)));
        }
    }

    /** What takes a byte for each of its lines in JSON must not take a hundred in memory. */
    @Test
    public void aDeepValueOfVeryManyLinesIsNotSpeltOut() {
        ArrayNode many = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 10 * FieldText.MAX_LINES; i++) {
            many.add(1);
        }
        JsonNode deep = many;
        for (int i = 0; i < ReportJson.MAX_DEPTH - 10; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        for (JsonNode value : List.of(deep, Reports.text("\n".repeat(10 * FieldText.MAX_LINES) + "x"))) {
            List<String> lines = FieldText.lines(value);
            assertEquals(FieldText.MAX_LINES + 1, lines.size());
            assertEquals("... (more than 100,000 lines)", lines.get(FieldText.MAX_LINES));
            FieldView view =
                    FieldView.of(new FieldChange("spec", value, null, null, null, null), new FieldView.Limits(240, 60));
            assertEquals(60, view.diff().lines().size());
        }
    }
}
