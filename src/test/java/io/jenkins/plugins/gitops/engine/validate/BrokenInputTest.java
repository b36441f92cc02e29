package io.jenkins.plugins.gitops.engine.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Test;

/** Each kind of broken input with the whole message that a person gets. The cases stand in {@code broken.txt}. */
public class BrokenInputTest {

    @Test
    public void everyProblemIsToldWithItsPlaceAndWhatToDo() throws Exception {
        String all;
        try (var in = BrokenInputTest.class.getResourceAsStream("broken.txt")) {
            all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (String one : all.split("(?m)^=== ")) {
            if (one.isBlank() || one.startsWith("#")) {
                continue;
            }
            String name = one.substring(0, one.indexOf('\n'));
            String body = one.substring(one.indexOf('\n') + 1);
            int divider = body.indexOf("\n>>>\n");
            String input = body.substring(0, divider + 1);
            String expected = body.substring(divider + 5).strip();
            ValidatePolicy policy =
                    name.contains("[1.24]") ? new ValidatePolicy(true, null, "1.24", false, null) : Checks.OFFLINE;
            String found = Checks.check("f.yaml", input, policy).stream()
                    .map(BrokenInputTest::line)
                    .collect(Collectors.joining("\n"));
            cases++;
            if (!found.equals(expected)) {
                wrong.add("=== " + name + "\n--- expected\n" + expected + "\n--- found\n" + found);
            }
        }
        assertTrue("cases: " + cases, cases >= 40);
        assertEquals(String.join("\n", wrong), 0, wrong.size());
    }

    private static String line(Problem problem) {
        return (problem.isError() ? "" : "warning: ") + problem;
    }
}
