package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Files of some megabytes that would take a careless parser minutes, or its stack. The time that each is given is far
 * more than it takes, also on a busy machine, and far less than it would take with quadratic effort.
 */
public class HostileInputTest {

    private static final int MANY = 2_000_000;

    @Rule
    public Timeout each = new Timeout(60, TimeUnit.SECONDS);

    @Test
    public void longTokens() {
        readsSomehow(" ".repeat(4 * MANY));
        readsSomehow("a: " + "b".repeat(4 * MANY));
        readsSomehow("b".repeat(4 * MANY) + ": a");
        readsSomehow("a: \"" + "b".repeat(4 * MANY) + "\"");
        readsSomehow("a: '" + " ".repeat(4 * MANY) + "'");
        readsSomehow("#" + " ".repeat(4 * MANY));
        readsSomehow("a: !" + "b".repeat(4 * MANY) + " c");
        readsSomehow("a: &" + "b".repeat(4 * MANY) + " c");
        readsSomehow("{\"a\": \"" + "b".repeat(4 * MANY) + "\"}");
    }

    @Test
    public void longNumbers() {
        for (String number : List.of(
                "9".repeat(MANY),
                "0x" + "f".repeat(MANY),
                "0b" + "1".repeat(MANY),
                "0." + "1".repeat(MANY),
                "1e" + "9".repeat(MANY),
                "-" + "1_".repeat(MANY),
                "." + "1".repeat(MANY))) {
            refuses("value: " + number);
            refuses(number + ": value");
            refuses("{\"value\": " + number + "}");
        }
        readsSomehow("value: " + "9".repeat(MANY) + " is text");
    }

    @Test
    public void deepNesting() {
        for (String open : List.of("[", "{", "{a: ", "[a, ", "- ", "? ", "a: [", "{\"a\":", "[[{")) {
            refuses(open.repeat(MANY / 4));
            refuses("a:\n  " + open.repeat(MANY / 4));
        }
    }

    @Test
    public void manyTabs() {
        readsSomehow("a: \"b\"" + "\t".repeat(MANY) + "\n");
        readsSomehow("a: \"b\"\t\n".repeat(MANY / 10));
        readsSomehow(" ".repeat(MANY) + "a: \"b\"\t\n");
        readsSomehow("- ".repeat(MANY / 4) + "\ta");
        readsSomehow("a: \"" + "\\'".repeat(MANY / 10) + "\"");
    }

    @Test
    public void manyDocumentsAndProblems() {
        readsSomehow("---\n".repeat(MANY));
        readsSomehow("--- a\n".repeat(MANY / 4));
        readsSomehow("---\na\n".repeat(MANY / 10));
        readsSomehow("{}".repeat(MANY / 10));
        readsSomehow("{}\n---\n".repeat(MANY / 10));
        readsSomehow("a: 1\n".repeat(MANY / 10));
    }

    @Test
    public void aHundredThousandDocuments() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            file.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c")
                    .append(i)
                    .append("}\n");
        }
        ReadResult result = read(file.toString());
        assertTrue(result.problems().toString(), result.problems().isEmpty());
        assertEquals(100_000, result.manifests().size());
        assertEquals(399_998, result.manifests().get(99_999).location().line());
    }

    @Test
    public void namesThatWouldSteerATerminal() {
        ReadResult result = read("apiVersion: v1\nkind: \"T\\e[31m\\n\"\nmetadata: {name: \"a/\\e]0;x\\a\\u202e\"}\n");
        assertFalse(result.problems().isEmpty());
        assertEquals("[]", hidden(result.problems().toString()));
        Problem problem = Problem.error(null, "T/\u001b[2J\r\n\u202e is not sound", "\u009b31m");
        assertEquals("T/\\u001b[2J\\r\\n\\u202e is not sound; \\u009b31m", problem.toString());
    }

    private static String hidden(String text) {
        return text.codePoints().filter(Printable::isHidden).boxed().toList().toString();
    }

    @Test
    public void chainsOfAliases() {
        StringBuilder lists = new StringBuilder("a0: &a0 [x]\n");
        StringBuilder merges = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int i = 1; i < 50_000; i++) {
            String line = "a" + i + ": &a" + i;
            lists.append(line).append(" [*a").append(i - 1).append("]\n");
            merges.append(line).append(" {<<: *a").append(i - 1).append("}\n");
        }
        refuses(lists.toString());
        refuses(merges.toString());
    }

    private static void refuses(String text) {
        assertFalse(read(text).problems().isEmpty());
    }

    private static void readsSomehow(String text) {
        ReadResult result = read(text);
        assertTrue(result.manifests().isEmpty());
        result.problems().forEach(problem -> assertTrue(problem.toString().length() < 1000));
    }

    private static ReadResult read(String text) {
        return ManifestReader.read("hostile.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
