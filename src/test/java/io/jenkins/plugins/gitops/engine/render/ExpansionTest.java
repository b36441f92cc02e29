package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.render.Expansion.ExpansionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;

public class ExpansionTest {

    private static final Map<String, String> VALUES = Map.of(
            "a", "alpha",
            "empty", "",
            "path", "/usr/local/lib/app.tar.gz",
            "Up", "MiXed",
            "n", "3",
            "b", "a*b",
            "u", "x_y_z");

    /** Each line holds a text, and what Flux's own library makes of it with the values above. */
    @Test
    public void expandsAsFluxDoes() throws Exception {
        String golden;
        try (var in = ExpansionTest.class.getResourceAsStream("expansions.tsv")) {
            golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (String line : golden.lines().toList()) {
            String[] parts = line.split("\t", 2);
            expected.put(parts[0], parts[1]);
            String result;
            try {
                result = Expansion.expand(parts[0], VALUES, true);
            } catch (ExpansionException e) {
                result = "ERROR";
            }
            actual.put(parts[0], result);
        }
        assertTrue(expected.size() > 30);
        assertEquals(expected, actual);
    }

    @Test
    public void isLenientWhereThatIsAskedFor() throws Exception {
        assertEquals("[] [] [0]", Expansion.expand("[${none}] [${none^^}] [${#none}]", VALUES, false));
    }

    @Test
    public void aHyphenAloneGivesADefaultToo() throws Exception {
        assertEquals("alpha b", Expansion.expand("${a-b} ${none-b}", VALUES, true));
    }

    /** Flux reads the blank as part of the number, and does nothing. */
    @Test
    public void aPositionMayCountFromTheEndAsInBash() throws Exception {
        assertEquals("ha h", Expansion.expand("${a: -2} ${a: -2:1}", VALUES, true));
    }

    @Test
    public void saysWhatIsWrongWithoutAValue() {
        assertMessage("${none}", "the variable \"none\" has neither a value nor a default");
        assertMessage("${a b}", "\"${a b}\" is not a variable's expression");
        assertMessage("${a:+x}", "the operator \":+\" in \"${a:+x}\" is not one that substitution knows");
        assertMessage("${a:x}", "a position or length in \"${a:x}\" is no number");
        assertMessage("${a#[}", "the pattern \"[\" has no end of its brackets");
        assertMessage("${x:-".repeat(30), "variables are nested deeper than 20");
    }

    @Test
    public void doesNotGrowWithoutEnd() {
        String big = "x".repeat(1 << 20);
        assertThrows(ExpansionException.class, () -> Expansion.expand("${a}".repeat(100), Map.of("a", big), true));
        for (String hostile :
                List.of("${", "$", "${a", "${a:", "${a:1:", "${a/", "${a/b", "${a//", "${#", "${a^", "$$${")) {
            try {
                Expansion.expand(hostile, VALUES, true);
            } catch (ExpansionException e) {
                assertTrue(e.getMessage().length() < 200);
            }
        }
    }

    private static void assertMessage(String text, String message) {
        assertEquals(
                message,
                assertThrows(ExpansionException.class, () -> Expansion.expand(text, VALUES, true))
                        .getMessage());
    }
}
