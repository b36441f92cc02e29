package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The schema of a value: OpenAPI v3 in the dialect of Kubernetes. Immutable but for what is compiled when it is first
 * needed; used by many threads.
 */
public final class Schema {

    final String type;
    final String format;
    final boolean intOrString;
    final boolean preserveUnknown;
    final boolean embedded;
    final boolean nullable;
    final String listType;
    final List<String> listMapKeys;
    final Map<String, Schema> properties;
    final List<String> required;
    final Schema items;

    /** Of every field that has no schema of its own; {@code null} where there is none. */
    final Schema additional;

    /** Whether a field without a schema is an error. */
    final boolean closed;

    final List<JsonNode> enumeration;
    final JsonNode raw;

    /** Whether a definition says it: a structural schema, exact to the last field. */
    final boolean strict;

    final List<Schema> allOf;
    final List<Schema> anyOf;
    final List<Schema> oneOf;
    final Schema not;
    final List<Rule> rules;
    private Pattern pattern;
    private Supplier<Schema> target;

    /**
     * @param types finds a type by its name; {@code null} where there are no references
     * @param strict whether an object without any field in its schema may have none
     */
    Schema(JsonNode raw, Function<String, Schema> types, boolean strict) {
        this.raw = raw;
        this.strict = strict;
        type = raw.path("type").asText("");
        format = raw.path("format").asText("");
        intOrString = raw.path("x-kubernetes-int-or-string").asBoolean();
        preserveUnknown = raw.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        embedded = raw.path("x-kubernetes-embedded-resource").asBoolean();
        nullable = raw.path("nullable").asBoolean();
        listType = raw.path("x-kubernetes-list-type").asText("");
        listMapKeys = strings(raw.path("x-kubernetes-list-map-keys"));
        Map<String, Schema> fields = new LinkedHashMap<>();
        raw.path("properties")
                .properties()
                .forEach(field -> fields.put(field.getKey(), of(field.getValue(), types, strict)));
        properties = fields;
        required = strings(raw.path("required"));
        items = raw.has("items") ? of(raw.get("items"), types, strict) : null;
        JsonNode rest = raw.path("additionalProperties");
        additional = rest.isObject() ? of(rest, types, strict) : rest.asBoolean() ? any() : null;
        boolean free = preserveUnknown || additional != null;
        closed = !free && (!properties.isEmpty() || strict && type.equals("object"));
        enumeration = raw.has("enum") ? list(raw.get("enum")) : null;
        allOf = schemas(raw.path("allOf"), types);
        anyOf = schemas(raw.path("anyOf"), types);
        oneOf = schemas(raw.path("oneOf"), types);
        not = raw.path("not").isObject() ? of(raw.get("not"), types, false) : null;
        List<Rule> found = new ArrayList<>();
        raw.path("x-kubernetes-validations").forEach(rule -> found.add(new Rule(rule)));
        rules = found;
    }

    /** What may be any value. */
    static Schema any() {
        return new Schema(MissingNode.getInstance(), null, false);
    }

    static Schema of(JsonNode raw, Function<String, Schema> types, boolean strict) {
        return raw.has("$ref") && types != null
                ? new Schema(raw, types, strict).reference(types)
                : new Schema(raw, types, strict);
    }

    private Schema reference(Function<String, Schema> types) {
        String name = raw.get("$ref").asText();
        target = () -> types.apply(name);
        return this;
    }

    /** This schema, or the one that it refers to. */
    Schema resolved() {
        return target == null ? this : target.get();
    }

    /** The schema of a field; {@code null} where it is unknown, or where unknown fields are kept. */
    Schema field(String name) {
        Schema own = properties.get(name);
        return own != null ? own : additional;
    }

    Set<String> fieldNames() {
        return new TreeSet<>(properties.keySet());
    }

    /** The pattern of a string; {@code null} where there is none, or where it is none that Go would take. */
    synchronized Pattern pattern() {
        String text = raw.path("pattern").asText("");
        if (pattern == null && !text.isEmpty()) {
            try {
                pattern = Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                return null;
            }
        }
        return pattern;
    }

    /** Sets what is not there and has a default, as the server does with a custom resource. */
    public void applyDefaults(JsonNode value) {
        Schema schema = resolved();
        if (value instanceof ObjectNode object) {
            schema.properties.forEach((name, field) -> {
                JsonNode byDefault = field.resolved().raw.path("default");
                if (!object.has(name) && !byDefault.isMissingNode()) {
                    object.set(name, byDefault.deepCopy());
                }
            });
            object.properties().forEach(field -> {
                Schema own = schema.field(field.getKey());
                if (own != null) {
                    own.applyDefaults(field.getValue());
                }
            });
        } else if (value.isArray() && schema.items != null) {
            value.forEach(schema.items::applyDefaults);
        }
    }

    private static List<Schema> schemas(JsonNode list, Function<String, Schema> types) {
        List<Schema> schemas = new ArrayList<>();
        // What a junctor says of fields restricts values and declares no field.
        list.forEach(one -> schemas.add(of(one, types, false)));
        return schemas;
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(item -> strings.add(item.asText()));
        return strings;
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }
}
