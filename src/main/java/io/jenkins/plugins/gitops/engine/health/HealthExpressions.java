package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.YamlDocuments;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a file of health expressions: a list of them, a mapping with the list under {@code healthCheckExprs}, or a
 * Kustomization of Flux, which has it under {@code spec}.
 */
public final class HealthExpressions {

    private static final String KEY = "healthCheckExprs";
    private static final Set<String> KNOWN = Set.of("apiVersion", "kind", "current", "inProgress", "failed");

    private final SourceLocation file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<HealthExpression> expressions = new ArrayList<>();

    private HealthExpressions(String file) {
        this.file = SourceLocation.of(file);
    }

    /**
     * @param file its name, for the problems
     * @throws BadInputException with everything that is wrong with it, expressions that cannot be compiled included
     */
    public static List<HealthExpression> read(String file, byte[] content) throws BadInputException {
        HealthExpressions reader = new HealthExpressions(file);
        for (JsonNode document : YamlDocuments.read(file, content)) {
            reader.document(document);
        }
        if (reader.expressions.isEmpty() && reader.problems.isEmpty()) {
            reader.problem("it holds no health expressions", "put them in a list under " + KEY);
        }
        for (HealthExpression expression : reader.expressions) {
            try {
                ExpressionRule.compile(expression);
            } catch (BadInputException e) {
                e.problems().forEach(p -> reader.problem(p.message(), p.advice()));
            }
        }
        if (!reader.problems.isEmpty()) {
            throw new BadInputException(reader.problems);
        }
        return List.copyOf(reader.expressions);
    }

    private void problem(String message, String advice) {
        problems.add(Problem.error(file, message, advice));
    }

    private void document(JsonNode document) {
        JsonNode list = document;
        if (document.isObject()) {
            list = document.has(KEY) ? document.get(KEY) : document.path("spec").path(KEY);
        }
        if (!list.isArray()) {
            if (!list.isMissingNode() || !document.has("kind")) {
                problem(KEY + " is no list", "write each as an item with apiVersion, kind and current");
            }
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            item(list.get(i), KEY + "[" + i + "]");
        }
    }

    private void item(JsonNode item, String where) {
        int before = problems.size();
        item.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                problem(
                        where + " has an unknown key \"" + name + "\"",
                        "known are apiVersion, kind, current, inProgress," + " failed");
            } else if (!item.get(name).isTextual()) {
                problem(where + "." + name + " is no string", "");
            }
        });
        for (String name : new String[] {"apiVersion", "kind", "current"}) {
            if (item.path(name).asText("").isBlank()) {
                problem(where + " has no " + name, "");
            }
        }
        if (problems.size() == before) {
            expressions.add(new HealthExpression(
                    item.path("apiVersion").asText(),
                    item.path("kind").asText(),
                    item.path("current").asText(),
                    item.path("inProgress").asText(null),
                    item.path("failed").asText(null)));
        }
    }
}
