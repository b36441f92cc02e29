package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cel.CelEnvironment;
import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.cel.CelExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of {@code x-kubernetes-validations}: an expression over {@code self}. Compiled when it is first needed. */
final class Rule {

    private static final CelEnvironment ENVIRONMENT = CelEnvironment.of("self", "oldSelf");
    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

    private final String expression;
    private final String message;
    private final String messageExpression;
    private final String fieldPath;
    private final boolean transition;
    private CelExpression compiled;
    private CelException failure;

    Rule(JsonNode raw) {
        expression = raw.path("rule").asText();
        message = raw.path("message").asText("");
        messageExpression = raw.path("messageExpression").asText("");
        fieldPath = raw.path("fieldPath").asText("");
        // Compares with the object before; there is none.
        transition = OLD_SELF.matcher(expression).find();
    }

    String fieldPath() {
        return fieldPath;
    }

    /**
     * @param self as {@link RuleValues} makes it
     * @return what the server would say; empty where the rule holds, or cannot be told without the object before
     */
    Optional<String> broken(Object self) {
        if (transition) {
            return Optional.empty();
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", self);
        try {
            return Boolean.TRUE.equals(compiled().evaluate(variables))
                    ? Optional.empty()
                    : Optional.of(text(variables));
        } catch (CelException e) {
            return Optional.of("the rule " + expression + " failed: " + e.getMessage());
        }
    }

    private String text(Map<String, Object> variables) {
        if (!messageExpression.isEmpty()) {
            try {
                Object text = ENVIRONMENT.compile(messageExpression).evaluate(variables);
                if (text instanceof String string && !string.isBlank() && string.indexOf('\n') < 0) {
                    return string.trim();
                }
            } catch (CelException e) {
                // As on the server, the fixed message is good enough then.
            }
        }
        return message.isBlank() ? "failed rule: " + expression.trim() : message.trim();
    }

    private synchronized CelExpression compiled() throws CelException {
        if (failure != null) {
            throw failure;
        }
        if (compiled == null) {
            try {
                compiled = ENVIRONMENT.compile(expression);
            } catch (CelException e) {
                failure = e;
                throw e;
            }
        }
        return compiled;
    }
}
