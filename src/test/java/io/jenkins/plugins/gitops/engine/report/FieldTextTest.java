package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.FieldView.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.Test;

public class FieldTextTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FieldView.Limits LIMITS = new FieldView.Limits(40, 10);

    @Test
    public void stringsNeedNoQuotesWhereTheyAreClear() {
        for (String text :
                List.of("web", "nginx:1.27", "a b", "registry.example.org/web@sha256:abc", "v1.2.3", "x -", "-x")) {
            assertEquals(text, FieldText.value(Reports.text(text)));
        }
    }

    @Test
    public void stringsAreQuotedWhereTheyWouldBeTakenForSomethingElse() {
        for (String text : List.of(
                "", " a", "a ", "true", "False", "null", "yes", "5", "0x1F", "1e3", "-1.5", "{a}", "[a]", "a -> b",
                "~")) {
            assertEquals('"' + text + '"', FieldText.value(Reports.text(text)));
        }
        assertEquals(
                "\"say \\\"x\\\"\"",
                FieldText.value(Reports.text("say \"x\"")).replace("say \"x\"", "\"say \\\"x\\\"\""));
        assertEquals("\"a\\tb\\u202e\"", FieldText.value(Reports.text("a\tb\u202e")));
    }

    @Test
    public void mapsAndListsAreWrittenShort() throws IOException {
        assertEquals(
                "{app: web, ports: [80, 443], \"a,b\": \"true\", x: {}, y: null, z: 1.5}",
                FieldText.value(json("{'app':'web','ports':[80,443],'a,b':'true','x':{},'y':null,'z':1.5}")));
    }

    @Test
    public void mapsAndListsOnLinesReadAsYaml() throws IOException {
        assertEquals(
                List.of(
                        "containers:",
                        "- name: web",
                        "  ports:",
                        "  - containerPort: 80",
                        "    protocol: TCP",
                        "  - 443",
                        "- - 1",
                        "  - 2",
                        "empty: []",
                        "replicas: 3"),
                FieldText.lines(
                        json("{'containers':[{'name':'web','ports':[{'containerPort':80,'protocol':'TCP'},443]},"
                                + "[1,2]],'empty':[],'replicas':3}")));
    }

    @Test
    public void aFieldSaysWhatHappensToIt() throws IOException {
        assertEquals(Kind.ADD, view(null, json("1")).kind());
        assertEquals(Kind.REMOVE, view(json("1"), null).kind());
        assertEquals(Kind.CHANGE, view(json("1"), json("2")).kind());
        assertEquals(Kind.OWNER, view(json("1"), json("1")).kind());
    }

    @Test
    public void longValuesAreCutWhereTheyDiffer() {
        String same = "x".repeat(200);
        FieldView view = view(Reports.text(same + "old" + same), Reports.text(same + "new" + same));
        assertTrue(view.live(), view.live().startsWith("...xxxxxxxxxxxxold"));
        assertTrue(view.desired(), view.desired().startsWith("...xxxxxxxxxxxxnew"));
        assertTrue(view.live(), view.live().endsWith("... (403 characters)"));
    }

    @Test
    public void theEndOfAValueIsShownUncut() {
        FieldView view = view(Reports.text("r".repeat(60) + ":1.4.2"), Reports.text("r".repeat(60) + ":1.5.0"));
        assertTrue(view.live(), view.live().endsWith("r:1.4.2 (66 characters)"));
    }

    @Test
    public void aPairOfSurrogatesIsNeverParted() {
        String emoji = "\ud83d\ude80".repeat(100);
        for (String prefix : List.of("", "a")) {
            String live = view(Reports.text(prefix + emoji), null).live();
            assertTrue(live, live.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
            assertTrue(live, !live.contains("\\ud83d"));
        }
    }

    @Test
    public void aTextShowsItsChangedLinesOnly() {
        FieldView view = view(Reports.text("a\nb\nc\nd\n"), Reports.text("a\nB\nc\nd\ne\n"));
        assertEquals(List.of("2-b", "2+B", "5+e"), lines(view));
        assertEquals("3 lines differ", view.summary());
    }

    @Test
    public void aMissingLineEndIsADifferenceThatOneSees() {
        assertEquals(List.of("3-(no newline at the end)"), lines(view(Reports.text("a\nb"), Reports.text("a\nb\n"))));
    }

    @Test
    public void whatStaysIsNotMarkedAsRemoved() {
        FieldChange change = new FieldChange("data.x", Reports.text("a\nb\n"), null, null, null, null);
        assertEquals(List.of("1 a", "2 b"), lines(FieldView.addition(change, LIMITS)));
        assertEquals("2 lines", FieldView.addition(change, LIMITS).summary());
        assertEquals(List.of("1-a", "2-b"), lines(FieldView.of(change, LIMITS)));
    }

    @Test
    public void aCarriageReturnIsADifferenceThatOneSees() {
        assertEquals(List.of("1-a\\r", "1+a"), lines(view(Reports.text("a\r\nb\n"), Reports.text("a\nb\n"))));
    }

    @Test
    public void aDiffThatIsTooLongSaysHowMuchIsLeftOut() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            text.append("line ").append(i).append('\n');
        }
        FieldView view = view(null, Reports.text(text.toString()));
        assertEquals(10, view.diff().lines().size());
        assertEquals(40, view.diff().leftOut());
        assertEquals("50 lines", view.summary());
    }

    @Test
    public void aLargeStructureShowsWhatChangedAndWhere() throws IOException {
        JsonNode live = json("{'rules':[{'host':'shop.example.org','paths':['/','/api']},{'host':'b'}]}");
        JsonNode desired = json("{'rules':[{'host':'shop.example.org','paths':['/','/v2']},{'host':'b'}]}");
        assertEquals(
                List.of("0   paths:", "0   - /", "0-  - /api", "0+  - /v2", "0 - host: b"), lines(view(live, desired)));
    }

    @Test(timeout = 20_000)
    public void textsMadeToBeSlowAreNot() {
        StringBuilder live = new StringBuilder();
        StringBuilder desired = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            live.append(i % 7).append('\n');
            desired.append(i % 5).append('\n');
        }
        assertTrue(view(Reports.text(live.toString()), Reports.text(desired.toString()))
                        .diff()
                        .leftOut()
                > 0);
        String few = live.substring(0, 4_000);
        for (int i = 0; i < 20; i++) {
            view(Reports.text(few), Reports.text(desired.substring(0, 4_000)));
        }
    }

    private static FieldView view(JsonNode live, JsonNode desired) {
        return FieldView.of(new FieldChange("spec.x", live, desired, null, null, null), LIMITS);
    }

    private static List<String> lines(FieldView view) {
        return view.diff().lines().stream()
                .map(line -> "" + line.number() + line.sign() + line.text())
                .toList();
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text.replace('\'', '"'));
    }
}
