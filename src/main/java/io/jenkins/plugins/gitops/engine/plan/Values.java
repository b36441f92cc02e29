package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Finds the value that a path of {@code managedFields} names in an object. */
final class Values {

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
            case 'k' -> item(value, Segments.value(segment));
            case 'v' -> member(value, Segments.value(segment));
            default -> null;
        };
    }

    /** The JSON pointer (RFC 6901) of a path that exists in an object. */
    static String pointer(JsonNode object, FieldPath path) {
        StringBuilder pointer = new StringBuilder();
        JsonNode value = object;
        for (String segment : path.segments()) {
            String step = segment.startsWith("f:") ? segment.substring(2) : String.valueOf(index(value, segment));
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
            value = at(value, segment);
        }
        return pointer.toString();
    }

    /** Orders two paths as they stand in the object: fields by name, items by place. */
    static int order(JsonNode object, FieldPath one, FieldPath other) {
        JsonNode value = object;
        for (int i = 0; i < Math.min(one.segments().size(), other.segments().size()); i++) {
            String left = one.segments().get(i);
            String right = other.segments().get(i);
            if (!left.equals(right)) {
                return left.startsWith("f:")
                        ? left.compareTo(right)
                        : Integer.compare(index(value, left), index(value, right));
            }
            value = at(value, left);
        }
        return Integer.compare(one.segments().size(), other.segments().size());
    }

    /** The place of an item that a segment names; -1 where there is none. */
    static int index(JsonNode list, String segment) {
        JsonNode wanted = at(list, segment);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The names of an item's keys, of a segment {@code k:{...}}. */
    static List<String> keyNames(String segment) {
        List<String> names = new ArrayList<>();
        Segments.value(segment).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The key of an item, of a segment {@code k:{...}}. */
    static JsonNode key(String segment) {
        return Segments.value(segment);
    }

    private static JsonNode item(JsonNode list, JsonNode key) {
        for (JsonNode item : list) {
            if (fits(item, key)) {
                return item;
            }
        }
        return null;
    }

    private static boolean fits(JsonNode item, JsonNode key) {
        for (var field : key.properties()) {
            if (!field.getValue().equals(item.get(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode member(JsonNode list, JsonNode wanted) {
        for (JsonNode value : list) {
            if (value.equals(wanted)) {
                return value;
            }
        }
        return null;
    }
}
