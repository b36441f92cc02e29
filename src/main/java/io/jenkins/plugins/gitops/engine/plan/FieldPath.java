package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The path of a field, in the segments of {@code managedFields}: {@code f:name} for a field, {@code k:{...}} for an item
 * of a keyed list, {@code v:...} for a member of a set; and {@code i:2} for an item of a list without keys.
 *
 * @param segments from the object's root
 */
record FieldPath(List<String> segments) {

    static final FieldPath ROOT = new FieldPath(List.of());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    FieldPath field(String name) {
        return plus("f:" + name);
    }

    FieldPath index(int index) {
        return plus("i:" + index);
    }

    /** An item of a keyed list; the keys in the order in which the server writes them. */
    FieldPath item(JsonNode item, List<String> keys) {
        ObjectNode key = MAPPER.createObjectNode();
        for (String name : keys) {
            if (item.has(name)) {
                key.set(name, item.get(name));
            }
        }
        return plus("k:" + key);
    }

    FieldPath member(JsonNode value) {
        return plus("v:" + value);
    }

    FieldPath plus(String segment) {
        List<String> longer = new ArrayList<>(segments.size() + 1);
        longer.addAll(segments);
        longer.add(segment);
        return new FieldPath(longer);
    }

    /** Whether it is an item of a keyed list. */
    boolean isItem() {
        return !segments.isEmpty() && last().startsWith("k:");
    }

    String last() {
        return segments.get(segments.size() - 1);
    }

    /** As a person writes it: {@code spec.template.spec.containers[name=web].image}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            String rest = segment.substring(2);
            switch (segment.charAt(0)) {
                case 'f' -> {
                    if (rest.matches("[A-Za-z0-9_$-]+")) {
                        text.append(text.isEmpty() ? "" : ".").append(rest);
                    } else {
                        text.append('[').append(rest).append(']');
                    }
                }
                case 'k' -> text.append('[').append(keyText(rest)).append(']');
                default -> text.append('[').append(rest).append(']');
            }
        }
        return text.toString();
    }

    private static String keyText(String json) {
        try {
            StringJoiner joined = new StringJoiner(",");
            MAPPER.readTree(json)
                    .properties()
                    .forEach(key ->
                            joined.add(key.getKey() + "=" + key.getValue().asText()));
            return joined.toString();
        } catch (JsonProcessingException e) {
            return json;
        }
    }
}
