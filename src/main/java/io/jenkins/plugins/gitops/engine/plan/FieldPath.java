package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.ignore.JsonPath;
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
        return plus(Segments.field(name));
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

    FieldPath parent() {
        return new FieldPath(segments.subList(0, segments.size() - 1));
    }

    /** Whether a path is this one or lies below it. */
    boolean covers(FieldPath other) {
        return other.segments.size() >= segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }

    /**
     * The path of a value in an object.
     *
     * @param tree how the server understands the object's lists
     * @param live the object as the server has it, for the keys of items that are left to their defaults
     */
    static FieldPath of(JsonPath path, JsonNode object, FieldTree tree, JsonNode live) {
        FieldPath at = ROOT;
        JsonNode value = object;
        FieldTree known = tree;
        for (Object step : path.steps()) {
            if (step instanceof Integer index) {
                List<String> keys = known.listKeys();
                JsonNode item = value.path(index);
                if (!keys.isEmpty()) {
                    JsonNode there = Values.at(live, at.item(item, keys));
                    at = at.item(there == null ? item : there, keys);
                } else {
                    at = known.isSet() ? at.member(item) : at.index(index);
                }
                value = item;
            } else {
                at = at.field((String) step);
                value = value.path((String) step);
            }
            known = known.at(at.last());
        }
        return at;
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
                case 'k' -> text.append('[').append(keyText(segment)).append(']');
                default -> text.append('[').append(rest).append(']');
            }
        }
        return text.toString();
    }

    private static String keyText(String segment) {
        JsonNode keys = Segments.value(segment);
        if (keys.isMissingNode()) {
            return segment.substring(2);
        }
        StringJoiner joined = new StringJoiner(",");
        keys.properties()
                .forEach(key -> joined.add(key.getKey() + "=" + key.getValue().asText()));
        return joined.toString();
    }
}
