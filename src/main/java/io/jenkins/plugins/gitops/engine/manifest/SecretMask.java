package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Shows a Secret without its values: not in {@code data} and {@code stringData}, and not in an annotation that holds a
 * copy of them, as {@code kubectl apply} leaves one. Keys stay visible, and so does whether a value changed.
 */
public final class SecretMask {

    /** In place of a value. */
    public static final String MASK = "***";

    /** In place of a live value that a sync changes. */
    public static final String BEFORE = MASK + " (before)";

    /** In place of a value to which a sync changes another. */
    public static final String AFTER = MASK + " (after)";

    private static final List<String> FIELDS = List.of("data", "stringData");

    /** Fields of a Secret that hold no value. */
    private static final List<String> PUBLIC = List.of("apiVersion", "kind", "metadata", "type");

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** A shorter text may stand in an annotation by chance, so it counts as a copy only if it is all of it. */
    private static final int COPY_LENGTH = 4;

    /** A shorter value stands in every second message by chance, and hiding it there would tell where. */
    private static final int SHORTEST_QUOTE = 3;

    private static final Pattern WHITESPACE = Pattern.compile("\\s+");

    private static final ObjectMapper JSON = new ObjectMapper();

    private SecretMask() {}

    /**
     * Two states of one object.
     *
     * @param before {@code null} where it does not exist yet
     * @param after {@code null} where it is deleted
     */
    public record Pair(ObjectNode before, ObjectNode after) {}

    public static boolean isSecret(JsonNode object) {
        return object.path("kind").asText().equals("Secret")
                && object.path("apiVersion").asText().equals("v1");
    }

    public static boolean isSecret(ObjectId id) {
        return id.kind().equals("Secret") && id.group().isEmpty();
    }

    /**
     * Whether the value at a path is, holds or lies in a secret value.
     *
     * @param path such as {@code data}, {@code .stringData.password} or
     *     {@code metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]}; empty for the whole object
     */
    public static boolean isSecretPath(ObjectId id, String path) {
        if (!isSecret(id)) {
            return false;
        }
        List<FieldPath.Step> steps = FieldPath.parse(path);
        if (steps.isEmpty() || FIELDS.contains(steps.get(0).text())) {
            return true;
        }
        return steps.get(0).text().equals("metadata")
                && (steps.size() == 1
                        || steps.get(1).text().equals("annotations")
                                && (steps.size() == 2 || path.contains("last-applied-configuration")));
    }

    /**
     * One value of an object to show, where nothing is known but its path: the last line of defence before a value leaves
     * the process. A value that is masked already stays as it is, and so does what holds no secret.
     *
     * @param path as in {@link #isSecretPath}
     * @param value {@code null} where there is none
     * @param mask {@link #MASK}, {@link #BEFORE} or {@link #AFTER}
     */
    public static JsonNode mask(ObjectId id, String path, JsonNode value, String mask) {
        if (value == null || value.isNull() || !isSecretPath(id, path)) {
            return value;
        }
        boolean above = !FieldPath.parse(path).isEmpty()
                && FieldPath.parse(path).get(0).text().equals("metadata")
                && value.isContainerNode();
        if (value instanceof ObjectNode map) {
            if (above && !value.toString().contains("last-applied-configuration")) {
                return value;
            }
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            map.properties().forEach(entry -> copy.set(entry.getKey(), hidden(entry.getValue(), mask)));
            return copy;
        }
        return hidden(value, mask);
    }

    private static JsonNode hidden(JsonNode value, String mask) {
        boolean masked =
                value.isNull() || value.isTextual() && value.textValue().startsWith(MASK);
        return masked ? value : TextNode.valueOf(mask);
    }

    /**
     * A text that may quote the values of a Secret, such as a server's message, without them.
     *
     * @param object of whatever kind; only a Secret has something to hide
     */
    public static String redacted(String text, ObjectNode object) {
        if (!isSecret(object)) {
            return text;
        }
        // What stands in another field may be meant for one of those that hold values.
        ObjectNode quotable = object.deepCopy().without(PUBLIC);
        Set<String> known = values(quotable, null);
        quotable.properties().forEach(field -> spellings(field.getValue(), known));
        String redacted = text;
        List<String> values = new ArrayList<>(known);
        // The longest first: one may be part of another.
        values.sort(Comparator.comparing(String::length).reversed());
        for (String value : values) {
            if (value.length() >= SHORTEST_QUOTE) {
                redacted = redacted.replace(value, MASK);
            }
        }
        return redacted;
    }

    /** A copy to show: of a Secret with {@value #MASK} for every value, of another object as it is. */
    public static ObjectNode mask(ObjectNode object) {
        return mask(object, null, MASK);
    }

    /**
     * Both states of an object to show. In a Secret a value that differs is {@value #BEFORE} and {@value #AFTER}, and
     * one that is equal, or is in one state only, is {@value #MASK}.
     */
    public static Pair mask(ObjectNode before, ObjectNode after) {
        return new Pair(
                before == null ? null : mask(before, after, BEFORE), after == null ? null : mask(after, before, AFTER));
    }

    private static ObjectNode mask(ObjectNode object, ObjectNode other, String changed) {
        ObjectNode copy = object.deepCopy();
        if (!isSecret(object)) {
            return copy;
        }
        for (String field : FIELDS) {
            maskField(copy, other, field, changed);
        }
        if (copy.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            JsonNode otherAnnotations =
                    other == null ? null : other.path("metadata").path("annotations");
            Set<String> values = values(object, other);
            for (Map.Entry<String, JsonNode> entry : annotations.properties()) {
                boolean copied = entry.getKey().equals(LAST_APPLIED) || holds(entry.getValue(), values);
                if (copied) {
                    JsonNode there = otherAnnotations == null ? null : otherAnnotations.get(entry.getKey());
                    entry.setValue(annotation(entry.getValue(), there, changed));
                }
            }
        }
        return copy;
    }

    private static void maskField(ObjectNode copy, ObjectNode other, String field, String changed) {
        JsonNode value = copy.get(field);
        JsonNode there = other == null ? null : other.get(field);
        if (value instanceof ObjectNode map) {
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                entry.setValue(masked(entry.getValue(), there == null ? null : there.get(entry.getKey()), changed));
            }
        } else if (value != null && !value.isNull()) {
            copy.set(field, masked(value, there, changed));
        }
    }

    private static JsonNode masked(JsonNode value, JsonNode other, String changed) {
        if (value.isNull()) {
            return value;
        }
        boolean same = other == null || other.isNull() || Objects.equals(value, other);
        return TextNode.valueOf(same ? MASK : changed);
    }

    /** Where it is an object in JSON, its values are masked and the rest stays readable. */
    private static JsonNode annotation(JsonNode value, JsonNode other, String changed) {
        if (value.isTextual() && parse(value.asText()) instanceof ObjectNode copy && isSecret(copy)) {
            ObjectNode otherCopy =
                    other != null && other.isTextual() && parse(other.asText()) instanceof ObjectNode parsed
                            ? parsed
                            : null;
            return TextNode.valueOf(mask(copy, otherCopy, changed).toString());
        }
        return masked(value, other, changed);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** However the copy is broken into lines. */
    private static boolean holds(JsonNode annotation, Set<String> values) {
        String text = annotation.asText();
        String compact = compact(text);
        return values.stream()
                .anyMatch(value -> value.length() < COPY_LENGTH
                        ? text.equals(value)
                        : text.contains(value)
                                || compact(value).length() >= COPY_LENGTH && compact.contains(compact(value)));
    }

    /** The values of both states, encoded and decoded, and as JSON writes them. */
    private static Set<String> values(ObjectNode object, ObjectNode other) {
        Set<String> values = new HashSet<>();
        for (ObjectNode state : other == null ? List.of(object) : List.of(object, other)) {
            FIELDS.forEach(field -> spellings(state.path(field), values));
        }
        values.remove("");
        return values;
    }

    /**
     * Each scalar below a field, at whatever depth and be it a key that should be none: encoded and decoded, and as JSON
     * writes it.
     */
    private static void spellings(JsonNode field, Set<String> values) {
        if (field.isContainerNode()) {
            for (JsonNode value : field) {
                spellings(value, values);
                if (value.isObject()) {
                    value.fieldNames().forEachRemaining(key -> spellings(TextNode.valueOf(key), values));
                }
            }
        } else if (!field.isBoolean() && !field.isNull()) {
            String text = field.asText();
            byte[] decoded = decoded(text);
            for (String spelling : List.of(
                    text,
                    new String(decoded, StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(decoded),
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))) {
                String quoted = TextNode.valueOf(spelling).toString();
                values.add(spelling);
                values.add(quoted.substring(1, quoted.length() - 1));
            }
        }
    }

    private static String compact(String text) {
        return WHITESPACE.matcher(text).replaceAll("");
    }

    /** As the API server does, which takes no notice of line ends. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(compact(base64));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
