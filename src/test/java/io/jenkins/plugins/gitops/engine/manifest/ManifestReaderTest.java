package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Test;

public class ManifestReaderTest {

    private static final String CONFIG_MAP =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            """;

    @Test
    public void readsEveryDocumentWithItsLine() {
        ReadResult result = read(
                """
                # the shop
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                  namespace: shop
                ---

                # its settings
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: shop}
                data:
                  answer: "42"
                """);
        assertEquals(List.of(), result.problems());
        assertEquals(
                List.of("Deployment/shop/web", "ConfigMap/shop/settings"),
                result.manifests().stream()
                        .map(manifest -> manifest.id().toString())
                        .toList());
        assertEquals(
                List.of(new SourceLocation("app.yaml", 2, 1), new SourceLocation("app.yaml", 10, 1)),
                result.manifests().stream().map(Manifest::location).toList());
        assertEquals("apps", result.manifests().get(0).group());
        assertEquals(
                "42",
                result.manifests().get(1).json().path("data").path("answer").asText());
    }

    @Test
    public void tellsTheProblemsOfAllDocumentsAndReadsTheOthers() {
        ReadResult result = read(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: one
                 data: {}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: two
                ---
                kind: ConfigMap
                metadata:
                  labels:
                    enabled: yes
                """);
        assertProblems(
                result,
                "app.yaml:5:2: this is not valid YAML: this does not fit the lines above (in the block mapping that"
                        + " begins on line 1); check the indentation of this line and the lines above",
                "app.yaml:12:1: apiVersion is missing",
                "app.yaml:13:1: metadata.name is missing",
                "app.yaml:15:14: metadata.labels[enabled] is the boolean true (written yes), not a string;"
                        + " quote it: \"yes\"");
        assertEquals(
                List.of("ConfigMap/two"),
                result.manifests().stream()
                        .map(manifest -> manifest.id().toString())
                        .toList());
    }

    @Test
    public void emptyDocumentsAreNoDocuments() {
        ReadResult result = read("---\n# nothing\n---\n---\n" + CONFIG_MAP + "---\n\n# end\n");
        assertEquals(List.of(), result.problems());
        assertEquals(1, result.manifests().size());
        assertEquals(5, result.manifests().get(0).location().line());
        assertEquals(new ReadResult(List.of(), List.of()), read(""));
    }

    @Test
    public void unrollsListsWithALineForEachItem() {
        ReadResult result = read(
                """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: one}
                - apiVersion: v1
                  kind: List
                  items:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: two}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleList
                items:
                - metadata: {name: three}
                """);
        assertEquals(List.of(), result.problems());
        assertEquals(
                List.of(
                        "ConfigMap/one at app.yaml:4:3",
                        "ConfigMap/two at app.yaml:10:5",
                        "Role/three at app.yaml:17:3"),
                result.manifests().stream()
                        .map(manifest -> manifest.id() + " at " + manifest.location())
                        .toList());
        assertEquals("rbac.authorization.k8s.io", result.manifests().get(2).group());
    }

    @Test
    public void tellsTheProblemsOfListItems() {
        assertProblems(
                read(
                        """
                        apiVersion: v1
                        kind: List
                        items:
                        - 5
                        - metadata: {name: one}
                        - apiVersion: v1
                          kind: ConfigMap
                          metadata: {}
                        """),
                "app.yaml:4:3: items[0] is the number 5, not a mapping with apiVersion, kind and metadata",
                "app.yaml:5:3: apiVersion and kind are missing; every manifest names its type; a file that is no manifest"
                        + " belongs in another folder",
                "app.yaml:8:3: metadata.name is missing");
    }

    @Test
    public void aKindThatEndsInListButHasNoItemsIsAnObject() {
        ReadResult result =
                read("apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {items: []}\n");
        assertEquals(List.of(), result.problems());
        assertEquals("AllowList/a", result.manifests().get(0).id().toString());
    }

    @Test
    public void readsJson() {
        ReadResult result = ManifestReader.read(
                "app.json",
                utf8(
                        """
                {
                \t"apiVersion": "v1", "kind": "ConfigMap",
                \t"metadata": {"name": "one"},
                \t"data": {"emoji": "\\ud83d\\ude00", "slash": "a\\/b"}
                }
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "two"}}
                """));
        assertEquals(List.of(), result.problems());
        assertEquals(
                List.of("ConfigMap/one at app.json:1:1", "ConfigMap/two at app.json:6:1"),
                result.manifests().stream()
                        .map(manifest -> manifest.id() + " at " + manifest.location())
                        .toList());
        assertEquals(
                "{\"emoji\":\"😀\",\"slash\":\"a/b\"}",
                result.manifests().get(0).json().get("data").toString());
    }

    @Test
    public void tellsWhereJsonIsBroken() {
        assertProblems(
                read("{\"apiVersion\": \"v1\",\n \"kind\": \"ConfigMap\"\n \"metadata\": {}}\n"),
                "app.yaml:3:2: this is not valid JSON: was expecting comma to separate Object entries");
        assertProblems(
                read("{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\",\n"),
                "app.yaml:2:1: this is not valid JSON: the file ends inside a value");
        assertProblems(
                read(
                        "{\"apiVersion\": \"v1\",\n\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"a\",\n\"name\": \"b\"}}\n"),
                "app.yaml:3:1: the key \"name\" is here twice, first on line 2; take one of them away");
    }

    @Test
    public void readsWhateverEncodingABomNames() {
        String text = CONFIG_MAP + "data: {a: ä}\r\n";
        for (byte[] content : List.of(
                utf8("\ufeff" + text),
                ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE),
                ("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE))) {
            ReadResult result = ManifestReader.read("app.yaml", content);
            assertEquals(List.of(), result.problems());
            assertEquals(
                    "ä", result.manifests().get(0).json().path("data").path("a").asText());
            assertEquals(
                    new SourceLocation("app.yaml", 1, 1),
                    result.manifests().get(0).location());
        }
    }

    @Test
    public void refusesBytesThatAreNoText() {
        byte[] latin1 = (CONFIG_MAP + "data:\n  a: é\n").getBytes(StandardCharsets.ISO_8859_1);
        assertProblems(
                ManifestReader.read("app.yaml", latin1),
                "app.yaml:6:6: the byte 0xE9 is not valid UTF-8; save the file as UTF-8");
        assertProblems(
                read(CONFIG_MAP + "data:\n  a: \u0007\n"),
                "app.yaml:6:6: this is not valid YAML: the control character U+0007 is not allowed;"
                        + " write it as an escape sequence in double quotes, or take it out");
    }

    @Test
    public void tellsWhatMakesYamlInvalid() {
        assertSyntax(
                "a: b: c",
                "4:5: mapping values are not allowed here; check the indentation, and quote a value that"
                        + " holds \": \"");
        assertSyntax("a:\n\tb: c", "5:1: a tab stands where only spaces are allowed; indent with spaces");
        assertSyntax("a: @b", "4:4: a value cannot begin with @; quote the value");
        assertSyntax("a: `b`", "4:4: a value cannot begin with a backquote; quote the value");
        assertSyntax("a: %b", "4:4: a value cannot begin with %; quote the value");
        assertSyntax(
                "a: \"b\nc: d",
                "6:1: a quotation mark is not closed (in the quoted scalar that begins on line 4);" + " close it");
        assertSyntax(
                "a: \"\\q\"",
                "4:6: unknown escape sequence in double quotes; write \\\\ for a backslash, or use" + " single quotes");
        assertSyntax(
                "a: \"\\u12\"",
                "4:7: incomplete escape sequence in double quotes; write \\\\ for a backslash, or use"
                        + " single quotes");
        assertSyntax(
                "a: */5 * * * *",
                "4:5: an anchor (&) or alias (*) needs a name; quote a value that begins with & or" + " *");
        assertSyntax(
                "a: [b, c\nd: e",
                "5:2: a list in brackets needs , or ] here (in the flow sequence that begins on" + " line 4)");
        assertSyntax(
                "a: {b: c\nd: e",
                "5:2: a mapping in braces needs , or } here (in the flow mapping that begins on" + " line 4)");
        assertSyntax(
                "a: - b",
                "4:4: a list item is not allowed here; check the indentation of this line and the lines above");
        assertSyntax(
                "a: b\nc",
                "6:1: could not find expected ':' (in the simple key that begins on line 5);"
                        + " write \"key: value\", or indent the line if it belongs to the text above");
        assertSyntax(
                "a: |x\n  b",
                "4:5: only +, - or a digit from 1 to 9 may follow | and >; begin the text on the next"
                        + " line, or quote a value that begins with | or >");
        assertSyntax(
                "a: {{- .Values.b }}",
                "4:6: a value is missing or cannot begin so; this looks like a template of"
                        + " Helm, which has to be rendered before it is YAML");
    }

    @Test
    public void refusesWhatKubectlLeavesUnread() {
        assertProblems(
                read(CONFIG_MAP + "...\ndata: {}\n"),
                "app.yaml:6:1: the document ends above, and this text would not be read;"
                        + " check the indentation, or begin another document with a line ---");
        assertProblems(
                read("%YAML 1.2\n---\n" + CONFIG_MAP),
                "app.yaml:1:1: a line that begins with % is a YAML directive, which cannot stand here;"
                        + " take the line away, or indent it if it belongs to the text above");
        assertProblems(
                read(CONFIG_MAP + "data:\n  cert: |\n-----BEGIN CERTIFICATE-----\nabc\n"),
                "app.yaml:7:1: a line that begins with --- separates two documents, and only a comment may follow on it;"
                        + " begin the document on the next line, or indent the line if it belongs to the text above");
    }

    @Test
    public void refusesWhatJsonCannotHold() {
        assertProblems(
                read(CONFIG_MAP + "a: .inf\nb: .nan\n~: c\nd: {[e]: f}\n"),
                "app.yaml:5:4: JSON has no number for infinity; quote it if a string is meant",
                "app.yaml:6:4: JSON has no number for not-a-number; quote it if a string is meant",
                "app.yaml:7:1: a key is empty (null); write the key, or quote it if it is meant so",
                "app.yaml:8:5: a mapping or a list cannot be a key; quote what begins with { or [ if it is text; a template of Helm has to be rendered first");
    }

    @Test
    public void refusesForeignTagsAndInstantiatesNothing() {
        String foreign = "a YAML tag (!) that means nothing to Kubernetes;"
                + " quote the value if it begins with an exclamation mark, or take the tag away";
        assertProblems(
                read(CONFIG_MAP
                        + "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [b]]]]\n"
                        + "c: !secret\nd: !vault |\n  e\n"),
                "app.yaml:5:4: " + foreign,
                "app.yaml:5:40: " + foreign,
                "app.yaml:5:68: " + foreign,
                "app.yaml:6:4: " + foreign,
                "app.yaml:7:4: " + foreign);
    }

    @Test
    public void neverTellsAValueThatMayBeAPassword() {
        for (String value : List.of(
                "!hunter2",
                "*hunter2",
                "&hunter2 *hunter3",
                "&hunter#2",
                "@hunter2",
                "%hunter2",
                "\"\\hunter2\"",
                "!!int hunter2",
                "!!binary hunter2",
                "[hunter2",
                "hunter2: hunter2",
                "\"hunter2",
                "|hunter2",
                "!h!unter2",
                "\"\\uhunter2\"",
                "*hunter2!",
                "{hunter2:}",
                "'hunter2' hunter2",
                "!<hunter2> hunter2",
                "!<hunter2")) {
            for (Problem problem :
                    read("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: a}
                    stringData:
                      password: %s
                    """
                                    .formatted(value))
                            .problems()) {
                assertTrue(problem.toString(), !problem.toString().contains("unter"));
            }
        }
        assertProblems(
                read(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: a, annotations: {copy: 0x1234, flag: yes}}
                        stringData: {pin: 0x1234}
                        """),
                "app.yaml:3:41: metadata.annotations[copy] is a number, not a string; quote it",
                "app.yaml:3:55: metadata.annotations[flag] is the boolean true, not a string; quote it");
    }

    @Test
    public void refusesAliasesWithoutEnd() {
        assertProblems(read(CONFIG_MAP + "a: &a\n  b: *a\n"), "app.yaml:6:6: an anchor (&) contains itself");
        assertProblems(
                read(CONFIG_MAP + "a: *b\n"),
                "app.yaml:5:4: an alias (*) that names no anchor of this document; quote the value if it begins with an"
                        + " asterisk; otherwise its anchor (&) must stand above it");
        StringBuilder bomb = new StringBuilder(CONFIG_MAP + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        StringBuilder merges = new StringBuilder(CONFIG_MAP + "a0: &a0 {}\n");
        for (int i = 1; i < 100; i++) {
            String last = "*a" + (i - 1);
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(last + (", " + last).repeat(9))
                    .append("]\n");
            merges.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" {<<: [")
                    .append(last + ", " + last)
                    .append("]}\n");
        }
        for (StringBuilder hostile : List.of(bomb, merges)) {
            Problem problem = read(hostile.toString()).problems().get(0);
            assertEquals(
                    "the file holds more than 2,000,000 values (aliases count as often as they are used)",
                    problem.message());
        }
    }

    @Test
    public void boundsNesting() {
        String deep = "mappings and lists are nested deeper than 500";
        assertProblems(read(CONFIG_MAP + "a: " + "[".repeat(100_000)), "app.yaml:5:503: " + deep);
        assertEquals(
                deep, read("{\"a\": " + "[".repeat(100_000)).problems().get(0).message());
        assertEquals(
                deep,
                read(CONFIG_MAP + "a:\n  " + "- ".repeat(100_000))
                        .problems()
                        .get(0)
                        .message());
        assertEquals(
                List.of(),
                read(CONFIG_MAP + "a: " + "[".repeat(400) + "]".repeat(400)).problems());
    }

    @Test
    public void boundsSize() {
        assertProblems(
                ManifestReader.read("app.yaml", new byte[16 * 1024 * 1024 + 1]),
                "app.yaml: the file has 16,777,217 bytes; at most 16,777,216 are read; split it into several files");
        ReadResult large = read(CONFIG_MAP + "data:\n  a: " + "x".repeat(8_000_000) + "\n");
        assertEquals(List.of(), large.problems());
    }

    @Test
    public void tellsNoMoreProblemsThanAPersonReads() {
        List<Problem> problems = read("---\na\n".repeat(5000)).problems();
        assertEquals(1001, problems.size());
        assertEquals(
                "app.yaml: the file has more than 1000 problems; the rest is left out",
                problems.get(1000).toString());
    }

    @Test
    public void refusesARepeatedKeyWhereverItIs() {
        assertProblems(
                read(CONFIG_MAP + "data:\n  a: 1\n  b: 2\n  a: 3\nspec: {y: 1, yes: 2}\n"),
                "app.yaml:8:3: the key \"a\" is here twice, first on line 6; take one of them away",
                "app.yaml:9:14: the key \"true\" is here twice, first on line 9; take one of them away");
        ReadResult merged = read(CONFIG_MAP + "a: &a {b: 1}\nc:\n  <<: *a\n  b: 2\nd:\n  b: 2\n  <<: *a\n");
        assertEquals(List.of(), merged.problems());
        assertEquals("{\"b\":2}", merged.manifests().get(0).json().get("c").toString());
        assertEquals("{\"b\":1}", merged.manifests().get(0).json().get("d").toString());
    }

    @Test
    public void readsManyDocumentsOfAFileInOrder() {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, 2000).forEach(i -> text.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c")
                .append(i)
                .append("}\n"));
        List<Manifest> manifests = read(text.toString()).manifests();
        assertEquals(2000, manifests.size());
        assertEquals("c1999", manifests.get(1999).name());
        assertEquals(1999 * 4 + 2, manifests.get(1999).location().line());
    }

    /** It takes about a second; the limit is for what never ends. */
    @Test(timeout = 300_000)
    public void reads20000FilesInSeconds() {
        for (int i = 0; i < 20_000; i++) {
            ReadResult result =
                    read(CONFIG_MAP + "  namespace: shop\n  labels: {app: \"web\"}\ndata:\n  key: value-" + i + "\n");
            assertEquals(1, result.manifests().size());
        }
    }

    /** A syntax problem behind three lines that are sound. */
    private static void assertSyntax(String yaml, String expected) {
        int column = expected.indexOf(": ") + 2;
        assertProblems(
                read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" + yaml + "\n"),
                "app.yaml:" + expected.substring(0, column) + "this is not valid YAML: " + expected.substring(column));
    }

    private static void assertProblems(ReadResult result, String... expected) {
        assertEquals(
                String.join("\n", expected),
                String.join(
                        "\n", result.problems().stream().map(Problem::toString).toList()));
    }

    private static ReadResult read(String text) {
        return ManifestReader.read("app.yaml", utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
