package io.jenkins.plugins.gitops.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;

/** A {@code metav1.LabelSelector}. */
public final class LabelSelector {

    private LabelSelector() {}

    /** @param selector one that is empty or missing matches everything */
    public static boolean matches(JsonNode selector, JsonNode labels) {
        boolean exact = selector.path("matchLabels").properties().stream().allMatch(label -> label.getValue()
                .asText()
                .equals(labels.path(label.getKey()).asText(null)));
        if (!exact) {
            return false;
        }
        for (JsonNode requirement : selector.path("matchExpressions")) {
            if (!holds(requirement, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(JsonNode requirement, JsonNode labels) {
        JsonNode value = labels.path(requirement.path("key").asText());
        boolean present = value.isValueNode() && !value.isNull();
        return switch (requirement.path("operator").asText()) {
            case "In" -> present && isAmong(value.asText(), requirement.path("values"));
            case "NotIn" -> !present || !isAmong(value.asText(), requirement.path("values"));
            case "Exists" -> present;
            case "DoesNotExist" -> !present;
            default -> false;
        };
    }

    private static boolean isAmong(String value, JsonNode values) {
        for (JsonNode one : values) {
            if (one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
