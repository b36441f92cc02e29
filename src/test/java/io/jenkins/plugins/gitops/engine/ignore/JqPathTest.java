package io.jenkins.plugins.gitops.engine.ignore;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.SettingsFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class JqPathTest {

    private static final String OBJECT =
            """
            metadata:
              annotations: {a.b/c: one, plain: two}
            spec:
              replicas: 3
              paused: false
              none: null
              containers:
                - {name: web, image: "web:1", ports: [80, 443], env: [{name: A, value: "1"}, {name: B_SECRET, value: "2"}]}
                - {name: proxy, image: "proxy:1"}
              empty: []
            """;

    @Test
    public void names() throws Exception {
        assertPaths(".spec.replicas", "[spec, replicas]");
        assertPaths(".spec[\"replicas\"]", "[spec, replicas]");
        assertPaths(".\"spec\".replicas", "[spec, replicas]");
        assertPaths(".spec.\"replicas\"", "[spec, replicas]");
        assertPaths(".spec.[\"replicas\"]", "[spec, replicas]");
        assertPaths(".metadata.annotations[\"a.b/c\"]", "[metadata, annotations, a.b/c]");
        assertPaths(" .spec . replicas ".replace(" . ", "."), "[spec, replicas]");
        assertPaths(".", "[]");
        assertPaths(".spec.none", "[spec, none]");
    }

    @Test
    public void items() throws Exception {
        assertPaths(".spec.containers[0].image", "[spec, containers, 0, image]");
        assertPaths(".spec.containers[-1].name", "[spec, containers, 1, name]");
        assertPaths(".spec.containers[].image", "[spec, containers, 0, image]", "[spec, containers, 1, image]");
        assertPaths(
                ".spec.containers[]?.env[]?.name",
                "[spec, containers, 0, env, 0, name]",
                "[spec, containers, 0, env, 1, name]");
        assertPaths(".metadata.annotations[]", "[metadata, annotations, a.b/c]", "[metadata, annotations, plain]");
        assertPaths(".spec.containers[0,1].name", "[spec, containers, 0, name]", "[spec, containers, 1, name]");
        assertPaths("first(.spec.containers[].name)", "[spec, containers, 0, name]");
        assertPaths("getpath([\"spec\", \"containers\", 1])", "[spec, containers, 1]");
    }

    @Test
    public void conditions() throws Exception {
        assertPaths(".spec.containers[] | select(.name == \"proxy\")", "[spec, containers, 1]");
        assertPaths(".spec.containers[] | select(.name != \"proxy\") | .image", "[spec, containers, 0, image]");
        assertPaths(
                ".spec.containers[].env[] | select(.name | startswith(\"B\") and endswith(\"SECRET\"))",
                "[spec, containers, 0, env, 1]");
        assertPaths(".spec.containers[] | select(.name | test(\"^PRO\"; \"i\"))", "[spec, containers, 1]");
        assertPaths(".spec.containers[] | select(has(\"env\") | not)", "[spec, containers, 1]");
        assertPaths(
                ".spec.containers[] | select(any(.env[]; .name == \"A\"))".replace(".env[]; ", ".env[] | "),
                new String[0]);
        assertPaths(".spec.containers[] | select(.env | any(.name == \"A\"))", "[spec, containers, 0]");
        assertPaths(".spec.containers[] | select(.name | IN(\"a\", \"web\"))", "[spec, containers, 0]");
        assertPaths(".spec.containers[] | select(.ports | length == 2)", "[spec, containers, 0]");
        assertPaths(
                ".spec.containers[] | select(.ports[0] >= 80 and (.ports | contains([443])))", "[spec, containers, 0]");
        assertPaths(".spec | select(.paused == false or .none) | .replicas", "[spec, replicas]");
        assertPaths("(.spec.missing // .spec.replicas), .spec.paused", "[spec, replicas]", "[spec, paused]");
        assertPaths(".. | .image?", "[spec, containers, 0, image]", "[spec, containers, 1, image]");
        assertPaths(".. | select(type == \"boolean\")", "[spec, paused]");
        assertPaths(".spec | .[] | numbers", "[spec, replicas]");
        assertPaths("empty");
    }

    /** Where jq would fail, nothing is selected. */
    @Test
    public void whatIsNotThereIsNotSelected() throws Exception {
        for (String text : List.of(
                ".status.conditions[]",
                ".spec.missing",
                ".spec.replicas[0]",
                ".spec.replicas.x",
                ".spec.containers.name",
                ".spec.containers[7]",
                ".spec.empty[]",
                ".spec.containers[-5]")) {
            assertPaths(text);
        }
    }

    @Test
    public void whatItDoesNotKnowIsRefusedWithItsPlace() {
        assertRefused("", "something is missing at the end");
        assertRefused(".a |", "something is missing at the end");
        assertRefused(".a[", "something is missing at the end");
        assertRefused(".a)", "at character 3: \")\" is not expected here");
        assertRefused("def f: .a; f", "at character 1: \"def\" is not supported in a path");
        assertRefused("env.HOME", "\"env\" is not supported in a path");
        assertRefused("range(10)", "\"range\" with 1 arguments is not supported");
        assertRefused(".a as $x | $x", "at character 6: this is not understood");
        assertRefused(".a as x", "\"as\" is not expected here");
        assertRefused("$ENV", "at character 1: this is not understood");
        assertRefused(".a[1:2]", "slices are not supported");
        assertRefused(".a + 1", "this is not understood");
        assertRefused("\"\\(.a)\"", "texts with expressions in them");
        assertRefused("(".repeat(200) + "." + ")".repeat(200), "nested too deeply");
        assertRefused("." + "a".repeat(5000), "characters at most");
    }

    @Test
    public void whatIsComputedIsNoPath() {
        for (String text : List.of("1", "\"a\"", ".spec.replicas == 3", ".spec | length", "[.spec]")) {
            String message = assertThrows(IllegalArgumentException.class, () -> select(text))
                    .getMessage();
            assertTrue(message, message.contains("is no path"));
        }
    }

    /** An expression may come from a stranger. */
    @Test(timeout = 20_000)
    public void noExpressionRunsLong() throws Exception {
        for (String text : List.of(
                "(.,.)" + "|(.,.)".repeat(100),
                ".." + "|..".repeat(200),
                "[" + "..,".repeat(300) + "..]" + "|[.[],.[]]".repeat(100))) {
            assertThrows(text.substring(0, 5), IllegalArgumentException.class, () -> select(text));
        }
        for (String pattern : List.of("(a+)+$", "(a|aa)+$", "(a|b|ab)*c", "(.*)*x")) {
            try {
                select(".spec.containers[] | select(\"" + "a".repeat(3000) + "!\" | test(\"" + pattern + "\"))");
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage(), e.getMessage().contains("too"));
            }
        }
    }

    private static void assertRefused(String text, String why) {
        String message = assertThrows(text, IllegalArgumentException.class, () -> new JqPath(text))
                .getMessage();
        assertTrue(message, message.contains(why));
    }

    private static void assertPaths(String text, String... expected) throws Exception {
        assertEquals(
                text,
                List.of(expected),
                select(text).stream().map(path -> path.steps().toString()).toList());
    }

    private static List<JsonPath> select(String text) throws Exception {
        JsonNode object = SettingsFile.read("o.yaml", OBJECT.getBytes(StandardCharsets.UTF_8))
                .json();
        return new JqPath(text).select(object);
    }
}
