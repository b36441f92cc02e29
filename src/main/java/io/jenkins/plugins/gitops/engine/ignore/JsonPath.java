package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in an object.
 *
 * @param steps from the root: a {@link String} for a field, an {@link Integer} for an item of a list
 */
public record JsonPath(List<Object> steps) {

    static final JsonPath ROOT = new JsonPath(List.of());

    public JsonPath {
        steps = List.copyOf(steps);
    }

    JsonPath plus(Object step) {
        List<Object> longer = new ArrayList<>(steps.size() + 1);
        longer.addAll(steps);
        longer.add(step);
        return new JsonPath(longer);
    }

    /** Whether there is a value in this object. */
    boolean isIn(JsonNode object) {
        JsonNode at = object;
        for (Object step : steps) {
            at = step instanceof Integer index ? at.path(index) : at.path((String) step);
        }
        return !at.isMissingNode();
    }
}
