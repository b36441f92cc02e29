package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Finds the value that a path of {@code managedFields} names in an object. */
final class Values {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Values() {}

    /** The value at a path; {@code null} where there is none. */
    static JsonNode at(JsonNode object, FieldPath path) {
        JsonNode value = object;
        for (String segment : path.segments()) {
            value = at(value, segment);
        }
        return value;
    }

    /** The value one segment below; {@code null} where there is none. */
    static JsonNode at(JsonNode value, String segment) {
        if (value == null) {
            return null;
        }
        String rest = segment.substring(2);
        return switch (segment.charAt(0)) {
            case 'f' -> value.get(rest);
            case 'i' -> value.get(Integer.parseInt(rest));
            case 'k' -> item(value, json(rest));
            case 'v' -> member(value, json(rest));
            default -> null;
        };
    }

    private static JsonNode item(JsonNode list, JsonNode key) {
        for (JsonNode item : list) {
            boolean fits = true;
            for (var field : key.properties()) {
                fits &= field.getValue().equals(item.get(field.getKey()));
            }
            if (fits) {
                return item;
            }
        }
        return null;
    }

    private static JsonNode member(JsonNode list, JsonNode wanted) {
        for (JsonNode value : list) {
            if (value.equals(wanted)) {
                return value;
            }
        }
        return null;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }
}
