package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import io.jenkins.plugins.gitops.engine.manifest.Shown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds an object against the schema of its kind, as the API server does with strict field validation. */
public final class SchemaCheck {

    /** More findings than anybody reads of one object. */
    private static final int LIMIT = 100;

    private static final int DEPTH = 600;
    private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    private final List<Finding> findings = new ArrayList<>();
    private final boolean secret;
    private final Schema metadata;

    private SchemaCheck(boolean secret, Schema metadata) {
        this.secret = secret;
        this.metadata = metadata;
    }

    /** @return everything that is wrong with the object, in the order of its fields; never a value of a Secret */
    public static List<Finding> check(JsonNode object, KindSchema kind, Schemas schemas) {
        SchemaCheck check = new SchemaCheck(SecretMask.isSecret(object), schemas.metadata());
        check.object(object, kind.schema().resolved(), "", kind.custom(), 0);
        return check.findings;
    }

    private void value(JsonNode value, Schema declared, String path, int depth) {
        if (findings.size() >= LIMIT || depth > DEPTH) {
            return;
        }
        Schema schema = declared.resolved();
        // Nobody else than the server says what it is, and null is what is not there.
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        if (!typed(value, schema, path)) {
            return;
        }
        if (value.isObject()) {
            object(value, schema, path, schema.embedded, depth);
        } else if (value.isArray()) {
            list(value, schema, path, depth);
        } else {
            scalar(value, schema, path);
        }
        junctors(value, schema, path, depth);
        if (!schema.rules.isEmpty() && !path.isEmpty()) {
            rules(value, schema, path);
        }
    }

    private void object(JsonNode object, Schema schema, String path, boolean whole, int depth) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            String at = child(path, name);
            Schema own = schema.field(name);
            if (whole && OF_EVERY_OBJECT.contains(name)) {
                // Of every object, whatever a definition says of it.
                if (name.equals("metadata") && metadata != null) {
                    value(field.getValue(), metadata, at, depth + 1);
                }
                if (own != null && name.equals("metadata")) {
                    junctors(field.getValue(), own.resolved(), at, depth + 1);
                }
            } else if (own != null) {
                value(field.getValue(), own, at, depth + 1);
            } else if (schema.closed) {
                unknown(schema, name, at);
            }
        }
        // A server fills in the status; what a file says of it is dropped.
        if (!path.equals("status") && !path.startsWith("status.")) {
            for (String name : schema.required) {
                if (object.path(name).isMissingNode() || object.path(name).isNull()) {
                    boolean byDefault = Optional.ofNullable(schema.properties.get(name))
                            .map(field -> field.resolved().raw.has("default"))
                            .orElse(false);
                    if (!byDefault) {
                        add(child(path, name), child(path, name) + " is missing", "");
                    }
                }
            }
        }
        count(object.size(), schema, path, "Properties", "field", "fields");
        if (path.isEmpty()) {
            junctors(object, schema, path, depth);
            rules(object, schema, path);
        }
    }

    private void unknown(Schema schema, String name, String at) {
        String near = Nearest.of(name, schema.fieldNames());
        add(at, "unknown field " + at, near == null ? "" : "did you mean \"" + near + "\"?");
    }

    private void list(JsonNode list, Schema schema, String path, int depth) {
        if (schema.items != null) {
            for (int i = 0; i < list.size(); i++) {
                value(list.get(i), schema.items, path + "[" + i + "]", depth + 1);
            }
        }
        count(list.size(), schema, path, "Items", "item", "items");
        if (schema.listType.equals("map") && !schema.listMapKeys.isEmpty()) {
            duplicateKeys(list, schema, path);
        } else if (schema.listType.equals("set")
                || schema.raw.path("uniqueItems").asBoolean()) {
            Set<JsonNode> seen = new HashSet<>();
            for (int i = 0; i < list.size(); i++) {
                if (!seen.add(list.get(i))) {
                    add(path + "[" + i + "]", path + "[" + i + "] is a duplicate; " + path + " is a set", "");
                }
            }
        }
    }

    private void duplicateKeys(JsonNode list, Schema schema, String path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            StringBuilder key = new StringBuilder();
            StringBuilder shown = new StringBuilder();
            boolean whole = true;
            for (String name : schema.listMapKeys) {
                JsonNode value = list.get(i).path(name);
                Schema field =
                        schema.items == null ? null : schema.items.resolved().field(name);
                if (value.isMissingNode() && field != null) {
                    value = field.resolved().raw.path("default");
                }
                whole &= value.isValueNode() && !value.isNull();
                key.append(value).append('\n');
                shown.append(shown.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(' ')
                        .append(secret ? "***" : value.asText());
            }
            if (whole && !seen.add(key.toString())) {
                add(path + "[" + i + "]", path + "[" + i + "] has the keys of an item before it: " + shown, "");
            }
        }
    }

    private boolean typed(JsonNode value, Schema schema, String path) {
        if (schema.intOrString) {
            return value.isTextual() || isWhole(value) || mistyped(value, path, "an integer or a string");
        }
        if (schema.format.equals("quantity")) {
            return value.isTextual() || value.isNumber() || mistyped(value, path, "a quantity such as 500m or 1Gi");
        }
        return switch (schema.type) {
            case "object" -> value.isObject() || mistyped(value, path, "a mapping");
            case "array" -> value.isArray() || mistyped(value, path, "a list");
            case "string" -> value.isTextual() || mistyped(value, path, "a string");
            case "integer" -> isWhole(value) || mistyped(value, path, "an integer");
            case "number" -> value.isNumber() || mistyped(value, path, "a number");
            case "boolean" -> value.isBoolean() || mistyped(value, path, "a boolean");
            default -> true;
        };
    }

    private boolean mistyped(JsonNode value, String path, String expected) {
        add(path, path + " is " + described(value) + ", not " + expected, advice(value, expected));
        return false;
    }

    private String described(JsonNode value) {
        if (value.isTextual()) {
            return secret ? "a string" : "the string " + Shown.quoted(value.textValue());
        }
        return secret && value.isNumber() ? "a number" : Shown.described(value);
    }

    private String advice(JsonNode value, String expected) {
        if (expected.equals("a string") && value.isValueNode()) {
            return "quote it";
        }
        boolean unquotable = value.isTextual()
                && (expected.equals("an integer") && value.textValue().matches("-?\\d{1,18}")
                        || expected.equals("a boolean") && value.textValue().matches("true|false"));
        return unquotable ? "write it without quotes" : "";
    }

    private static boolean isWhole(JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        return value.isIntegralNumber()
                || value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private void scalar(JsonNode value, Schema schema, String path) {
        if (value.isNumber()) {
            number(value, schema, path);
        } else if (value.isTextual()) {
            text(value.textValue(), schema, path);
        }
        if (schema.enumeration != null && !schema.enumeration.contains(value) && !isEmptyDefault(value, schema)) {
            String allowed = schema.enumeration.stream().map(JsonNode::asText).collect(Collectors.joining(", "));
            String near = value.isTextual()
                    ? Nearest.of(
                            value.textValue(),
                            schema.enumeration.stream().map(JsonNode::asText).toList())
                    : null;
            add(
                    path,
                    path + " " + shown(value) + " is none of " + Shown.text(allowed),
                    near == null ? "" : "did you mean \"" + near + "\"?");
        }
    }

    /** To a built-in type an empty string is one that is not there. */
    private static boolean isEmptyDefault(JsonNode value, Schema schema) {
        return value.isTextual() && value.textValue().isEmpty() && !schema.strict;
    }

    private String shown(JsonNode value) {
        return secret ? "***" : value.isTextual() ? Shown.quoted(value.textValue()) : value.asText();
    }

    private void number(JsonNode value, Schema schema, String path) {
        BigDecimal number = value.decimalValue();
        if (schema.type.equals("integer") || schema.intOrString) {
            int bits = schema.format.equals("int32") || schema.intOrString ? 31 : 63;
            BigDecimal limit = new BigDecimal(BigInteger.ONE.shiftLeft(bits));
            if (number.compareTo(limit) >= 0 || number.compareTo(limit.negate()) < 0) {
                add(path, path + " " + shown(value) + " is out of the range of an int" + (bits + 1), "");
                return;
            }
        }
        if (schema.raw.has("minimum")) {
            int order = number.compareTo(schema.raw.get("minimum").decimalValue());
            boolean exclusive = schema.raw.path("exclusiveMinimum").asBoolean();
            if (order < 0 || exclusive && order == 0) {
                bound(value, path, exclusive ? "not greater than " : "less than ", schema.raw.get("minimum"));
            }
        }
        if (schema.raw.has("maximum")) {
            int order = number.compareTo(schema.raw.get("maximum").decimalValue());
            boolean exclusive = schema.raw.path("exclusiveMaximum").asBoolean();
            if (order > 0 || exclusive && order == 0) {
                bound(value, path, exclusive ? "not less than " : "greater than ", schema.raw.get("maximum"));
            }
        }
        JsonNode multiple = schema.raw.path("multipleOf");
        if (multiple.isNumber()
                && multiple.decimalValue().signum() > 0
                && number.remainder(multiple.decimalValue()).signum() != 0) {
            bound(value, path, "no multiple of ", multiple);
        }
    }

    private void bound(JsonNode value, String path, String how, JsonNode bound) {
        add(path, path + " " + shown(value) + " is " + how + bound.asText(), "");
    }

    private void text(String text, Schema schema, String path) {
        String missed = Formats.missed(schema.format, text);
        // An empty time or quantity of a built-in type is none.
        if (missed != null && !(text.isEmpty() && !schema.strict)) {
            String value = secret ? "" : " " + Shown.quoted(text);
            add(path, path + value + " is not " + missed, "");
        }
        if (schema.pattern() != null && !schema.pattern().matcher(text).find()) {
            add(
                    path,
                    path + " " + (secret ? "***" : Shown.quoted(text)) + " does not match "
                            + Shown.text(schema.raw.get("pattern").asText()),
                    "");
        }
        count(text.codePointCount(0, text.length()), schema, path, "Length", "character", "characters");
    }

    /** {@code minItems}, {@code maxLength} and the like. */
    private void count(int count, Schema schema, String path, String what, String one, String many) {
        JsonNode min = schema.raw.path("min" + what);
        JsonNode max = schema.raw.path("max" + what);
        String field = path.isEmpty() ? "the object" : path;
        if (min.isNumber() && count < min.asLong()) {
            add(path, field + " has " + number(count, one, many) + ", fewer than " + min.asLong(), "");
        }
        if (max.isNumber() && count > max.asLong()) {
            add(path, field + " has " + number(count, one, many) + ", more than " + max.asLong(), "");
        }
    }

    private static String number(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private void junctors(JsonNode value, Schema schema, String path, int depth) {
        String field = path.isEmpty() ? "the object" : path;
        for (Schema one : schema.allOf) {
            value(value, one, path, depth + 1);
        }
        if (!schema.anyOf.isEmpty()
                && !schema.intOrString
                && schema.anyOf.stream().noneMatch(one -> fits(value, one, depth))) {
            add(path, field + " fits none of the " + schema.anyOf.size() + " forms that its schema allows (anyOf)", "");
        }
        if (!schema.oneOf.isEmpty() && !schema.intOrString) {
            long fitting =
                    schema.oneOf.stream().filter(one -> fits(value, one, depth)).count();
            if (fitting != 1) {
                add(
                        path,
                        field + " fits " + (fitting == 0 ? "none" : String.valueOf(fitting)) + " of the "
                                + schema.oneOf.size() + " forms of which its schema wants one (oneOf)",
                        "");
            }
        }
        if (schema.not != null && fits(value, schema.not, depth)) {
            add(path, field + " has a form that its schema forbids (not)", "");
        }
    }

    private boolean fits(JsonNode value, Schema schema, int depth) {
        SchemaCheck check = new SchemaCheck(secret, null);
        Schema resolved = schema.resolved();
        check.value(value, resolved, "value", depth + 1);
        return check.findings.isEmpty();
    }

    private void rules(JsonNode value, Schema schema, String path) {
        if (schema.rules.isEmpty() || !findings.isEmpty()) {
            // A rule may rely on what is declared; what is mistyped is told already.
            return;
        }
        Object self = RuleValues.of(value, schema);
        for (Rule rule : schema.rules) {
            rule.broken(self).ifPresent(message -> {
                String at = path + rule.fieldPath();
                at = at.startsWith(".") ? at.substring(1) : at;
                add(
                        at,
                        (at.isEmpty() ? "" : at + ": ") + (secret ? "a rule of its definition is broken" : message),
                        "");
            });
        }
    }

    private void add(String path, String message, String advice) {
        if (findings.size() < LIMIT) {
            findings.add(new Finding(path, message, advice));
        }
    }

    private static String child(String path, String name) {
        boolean plain = name.chars().allMatch(c -> c == '_' || c == '-' || c == '$' || Character.isLetterOrDigit(c))
                && !name.isEmpty();
        if (!plain) {
            return path + "[" + Shown.text(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}
