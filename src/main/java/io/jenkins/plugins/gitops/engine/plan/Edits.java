package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Changes an object at a path of {@code managedFields}, in place. */
final class Edits {

    private Edits() {}

    /** Puts a value there, and makes what is missing above it. */
    static void set(ObjectNode object, FieldPath path, JsonNode value) {
        JsonNode at = object;
        for (int i = 0; i < path.segments().size() && at != null; i++) {
            String segment = path.segments().get(i);
            boolean last = i == path.segments().size() - 1;
            boolean listBelow = !last && !path.segments().get(i + 1).startsWith("f:");
            JsonNode below = Values.at(at, segment);
            if (last || below == null) {
                below = last ? value.deepCopy() : made(segment, listBelow);
                put(at, segment, below);
            }
            at = below;
        }
    }

    private static JsonNode made(String segment, boolean list) {
        if (segment.startsWith("k:")) {
            return Values.key(segment).deepCopy();
        }
        return list ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
    }

    private static void put(JsonNode at, String segment, JsonNode value) {
        if (at instanceof ObjectNode map && segment.startsWith("f:")) {
            map.set(segment.substring(2), value);
        } else if (at instanceof ArrayNode list && !segment.startsWith("f:")) {
            int index = Values.index(list, segment);
            if (index >= 0) {
                list.set(index, value);
            } else if (!segment.startsWith("i:")) {
                list.add(value);
            }
        }
    }

    /** Takes the value away, and what is empty above it then. */
    static void remove(ObjectNode object, FieldPath path) {
        if (path.segments().isEmpty() || Values.at(object, path) == null) {
            return;
        }
        FieldPath above = path.parent();
        JsonNode parent = Values.at(object, above);
        if (parent instanceof ObjectNode map) {
            map.remove(path.last().substring(2));
        } else if (parent instanceof ArrayNode list) {
            list.remove(Values.index(list, path.last()));
        }
        if (parent.isEmpty()) {
            remove(object, above);
        }
    }

    /**
     * The part of a value that a claim covers.
     *
     * @param claim {@code fieldsV1} below the value's path
     */
    static JsonNode covered(JsonNode value, JsonNode claim) {
        if (claim.isEmpty() || value.isValueNode()) {
            return value;
        }
        if (value.isObject()) {
            ObjectNode part = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode below = claim.get(Segments.field(field.getKey()));
                if (below != null) {
                    part.set(field.getKey(), covered(field.getValue(), below));
                }
            }
            return part;
        }
        ArrayNode part = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : value) {
            for (Map.Entry<String, JsonNode> claimed : claim.properties()) {
                if (!claimed.getKey().equals(".") && Values.at(value, claimed.getKey()) == item) {
                    part.add(covered(item, claimed.getValue()));
                }
            }
        }
        return part;
    }
}
