package io.jenkins.plugins.gitops.engine.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cel.Quantity;
import io.jenkins.plugins.gitops.engine.policy.LabelSelector;
import java.util.Optional;

/** Whether labels are what somebody asks for. */
final class Selectors {

    private Selectors() {}

    /** A {@code LabelSelector}; an empty one matches all. */
    static boolean matches(JsonNode selector, JsonNode labels) {
        return LabelSelector.matches(selector, labels);
    }

    /** A map of labels, as a Service has it; an empty one matches nothing. */
    static boolean matchesMap(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream().allMatch(label -> label.getValue()
                        .asText()
                        .equals(labels.path(label.getKey()).asText(null)));
    }

    /** Whether one quantity is more than another; not where one of them is none. */
    static boolean exceeds(String quantity, String limit) {
        Optional<Quantity> one = Quantity.parse(quantity);
        Optional<Quantity> other = Quantity.parse(limit);
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) > 0;
    }
}
