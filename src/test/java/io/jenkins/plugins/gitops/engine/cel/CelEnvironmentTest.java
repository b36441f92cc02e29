package io.jenkins.plugins.gitops.engine.cel;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class CelEnvironmentTest {

    private static final String OBJECT =
            """
            {"metadata": {"name": "web", "namespace": "shop",
                          "labels": {"app.kubernetes.io/name": "web", "tier": "front"}},
             "spec": {"replicas": 3, "ratio": 0.5, "nothing": null,
                      "containers": [{"name": "web", "image": "registry/web:latest", "ports": [{"containerPort": 80}]},
                                     {"name": "log", "image": "registry/log:1"}]}}
            """;

    private static final CelEnvironment ENVIRONMENT = CelEnvironment.of("object");

    @Test
    public void expressionsMeanWhatTheyMeanToTheServer() throws Exception {
        Map<String, Object> variables = Map.of("object", CelValues.of(new ObjectMapper().readTree(OBJECT)));
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int arrow = line.lastIndexOf(" => ");
            String expected = line.substring(arrow + 4);
            String got = result(line.substring(0, arrow), variables);
            count++;
            if (expected.equals("true") ? !got.equals("true") : !got.contains(expected)) {
                wrong.add(line + "\n    " + got);
            }
        }
        assertEquals(String.join("\n", wrong), 0, wrong.size());
        assertTrue("expressions: " + count, count > 50);
    }

    private static List<String> lines() throws Exception {
        try (var in = CelEnvironmentTest.class.getResourceAsStream("expressions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String result(String expression, Map<String, Object> variables) {
        try {
            Object value = ENVIRONMENT.compile(expression).evaluate(variables);
            return Boolean.TRUE.equals(value) ? "true" : "error: not true: " + value;
        } catch (CelException e) {
            return switch (e.reason()) {
                case COMPILATION -> "error: compilation: " + e.getMessage();
                case NEEDS_CLUSTER -> "error: needs a cluster";
                default -> "error: " + e.getMessage();
            };
        }
    }

    @Test
    public void whatCannotBeCompiledIsToldWithItsPlace() {
        CelException e = assertThrows(CelException.class, () -> ENVIRONMENT.compile("object.spec.all(x, y.z)"));
        assertEquals(CelException.Reason.COMPILATION, e.reason());
        assertEquals("undeclared reference to 'y' (line 1, column 20 of the expression)", e.getMessage());
    }

    @Test(timeout = 300_000)
    public void whatCostsTooMuchIsStopped() {
        String doubling = "[\"x\"]" + ".map(s, s + s)".repeat(40);
        String lists = "[[1]]" + ".map(l, l + l)".repeat(40);
        String nested = "[1,2,3,4,5,6,7,8,9,10]";
        String loops = nested + ".all(a, " + nested + ".all(b, " + nested + ".all(c, " + nested + ".all(d, " + nested
                + ".all(e, " + nested + ".all(f, " + nested + ".all(g, true)))))))";
        String replaced = "[\"aaaaaaaaaaaaaaaaaaaa\"]" + ".map(s, s.replace(\"a\", \"aaaaaaaaaa\"))".repeat(12);
        for (String expression :
                List.of(doubling, lists, loops, replaced, "lists.range(1000000000)", doubling + " == [] || true")) {
            CelException e = assertThrows(expression, CelException.class, () -> ENVIRONMENT
                    .compile(expression)
                    .evaluate(Map.of()));
            assertEquals(expression + ": " + e.getMessage(), CelException.Reason.COST, e.reason());
        }
    }

    @Test(timeout = 300_000)
    public void whatIsNestedDeeplyIsNoCrash() {
        for (String expression : List.of(
                "(".repeat(5000) + "1" + ")".repeat(5000),
                "!".repeat(50_000) + "true",
                "[".repeat(3000),
                "{".repeat(3000),
                "a.".repeat(20_000) + "b",
                String.join(" + ", Collections.nCopies(20_000, "1")))) {
            try {
                ENVIRONMENT.compile(expression).evaluate(Map.of());
            } catch (CelException e) {
                assertTrue(e.getMessage(), e.getMessage().length() < 1000);
            }
        }
    }

    @Test
    public void aVariableMayComputeItsValueAndFail() throws Exception {
        CelExpression expression = CelEnvironment.of("variables").compile("true || variables.x == 1");
        assertEquals(true, expression.evaluate(Map.of("variables", new java.util.AbstractMap<String, Object>() {
            @Override
            public java.util.Set<Entry<String, Object>> entrySet() {
                throw new AssertionError("not asked for");
            }
        })));
    }
}
