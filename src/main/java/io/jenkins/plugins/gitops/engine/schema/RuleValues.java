package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cel.CelValues;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The value of {@code self}: an object with the types and defaults of its schema, its fields under the names that CEL
 * can say.
 */
final class RuleValues {

    /** Words of the language, which a field's name cannot be. */
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private RuleValues() {}

    static Object of(JsonNode json, Schema declared) {
        Schema schema = declared == null ? null : declared.resolved();
        if (schema == null || json.isNull()) {
            return CelValues.of(json);
        }
        if (json.isObject()) {
            return object(json, schema);
        }
        if (json.isArray()) {
            List<Object> list = new ArrayList<>();
            json.forEach(item -> list.add(of(item, schema.items)));
            return list;
        }
        if (json.isNumber() && schema.type.equals("number")) {
            return json.doubleValue();
        }
        return json.isTextual() ? text(json.textValue(), schema.format) : CelValues.of(json);
    }

    private static Object object(JsonNode json, Schema schema) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(field -> {
            Schema own = schema.properties.get(field.getKey());
            String name = own == null ? field.getKey() : escaped(field.getKey());
            map.put(name, of(field.getValue(), own == null ? schema.additional : own));
        });
        schema.properties.forEach((name, field) -> {
            JsonNode byDefault = field.resolved().raw.get("default");
            if (byDefault != null && !json.has(name)) {
                map.put(escaped(name), of(byDefault, field));
            }
        });
        return map;
    }

    private static Object text(String text, String format) {
        try {
            return switch (format) {
                case "date-time" -> OffsetDateTime.parse(text).toInstant();
                case "date" -> Instant.parse(text + "T00:00:00Z");
                case "duration" -> duration(text);
                default -> text;
            };
        } catch (DateTimeParseException e) {
            // Told by the check of the format.
            return text;
        }
    }

    private static Object duration(String text) {
        Duration duration = Formats.duration(text);
        return duration == null ? text : duration;
    }

    private static String escaped(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }
}
