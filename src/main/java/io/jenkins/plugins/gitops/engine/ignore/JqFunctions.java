package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The functions of jq that a path's conditions are made of, on values; those on expressions are {@link JqEvaluation}'s. */
final class JqFunctions {

    /** The name, and the numbers of arguments that it can have, one digit for each. */
    private static final Map<String, String> ARITIES = new TreeMap<>(Map.ofEntries(
            Map.entry("all", "01"),
            Map.entry("any", "01"),
            Map.entry("arrays", "0"),
            Map.entry("ascii_downcase", "0"),
            Map.entry("booleans", "0"),
            Map.entry("contains", "1"),
            Map.entry("empty", "0"),
            Map.entry("endswith", "1"),
            Map.entry("first", "01"),
            Map.entry("getpath", "1"),
            Map.entry("has", "1"),
            Map.entry("IN", "1"),
            Map.entry("index", "1"),
            Map.entry("keys", "0"),
            Map.entry("length", "0"),
            Map.entry("not", "0"),
            Map.entry("nulls", "0"),
            Map.entry("numbers", "0"),
            Map.entry("objects", "0"),
            Map.entry("recurse", "0"),
            Map.entry("scalars", "0"),
            Map.entry("select", "1"),
            Map.entry("startswith", "1"),
            Map.entry("strings", "0"),
            Map.entry("test", "12"),
            Map.entry("tostring", "0"),
            Map.entry("type", "0"),
            Map.entry("values", "0")));

    private JqFunctions() {}

    static boolean isKnown(String name, int arguments) {
        return ARITIES.getOrDefault(name, "").contains(String.valueOf(arguments));
    }

    static String names() {
        return String.join(", ", ARITIES.keySet());
    }

    static boolean isTrue(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    static String type(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code strings}, {@code objects} and their like let it through. */
    static boolean isOfType(String filter, JsonNode value) {
        return switch (filter) {
            case "values" -> !value.isNull();
            case "scalars" -> value.isValueNode();
            default -> filter.equals(type(value) + "s");
        };
    }

    /** A function of a value alone; {@code null} where it fails. */
    static JsonNode apply(String name, JsonNode value) {
        switch (name) {
            case "not":
                return BooleanNode.valueOf(!isTrue(value));
            case "type":
                return TextNode.valueOf(type(value));
            case "length":
                return value.isTextual()
                        ? IntNode.valueOf(value.textValue()
                                .codePointCount(0, value.textValue().length()))
                        : value.isNumber()
                                ? DecimalNode.valueOf(value.decimalValue().abs())
                                : IntNode.valueOf(value.size());
            case "keys":
                var keys = JsonNodeFactory.instance.arrayNode();
                if (value.isObject()) {
                    TreeSet<String> sorted = new TreeSet<>();
                    value.fieldNames().forEachRemaining(sorted::add);
                    sorted.forEach(keys::add);
                }
                return value.isObject() ? keys : null;
            case "tostring":
                return TextNode.valueOf(value.isTextual() ? value.textValue() : value.toString());
            case "ascii_downcase":
                return value.isTextual() ? TextNode.valueOf(value.textValue().toLowerCase(Locale.ROOT)) : null;
            default:
                return null;
        }
    }

    /** A function of a value and an argument; {@code null} where it fails. */
    static JsonNode apply(String name, JsonNode value, JsonNode argument) {
        switch (name) {
            case "has":
                return BooleanNode.valueOf(
                        argument.isTextual() ? value.has(argument.textValue()) : value.has(argument.intValue()));
            case "contains":
                return BooleanNode.valueOf(contains(value, argument));
            case "startswith", "endswith", "index":
                if (!value.isTextual() || !argument.isTextual()) {
                    return null;
                }
                String text = value.textValue();
                String part = argument.textValue();
                if (name.equals("index")) {
                    int at = text.indexOf(part);
                    return at < 0 ? JsonNodeFactory.instance.nullNode() : IntNode.valueOf(at);
                }
                return BooleanNode.valueOf(name.equals("startswith") ? text.startsWith(part) : text.endsWith(part));
            default:
                return null;
        }
    }

    static boolean contains(JsonNode value, JsonNode part) {
        if (value.isObject() && part.isObject()) {
            return part.properties().stream()
                    .allMatch(field ->
                            value.has(field.getKey()) && contains(value.get(field.getKey()), field.getValue()));
        }
        if (value.isArray() && part.isArray()) {
            for (JsonNode wanted : part) {
                boolean found = false;
                for (JsonNode item : value) {
                    found |= contains(item, wanted);
                }
                if (!found) {
                    return false;
                }
            }
            return true;
        }
        return value.isTextual() && part.isTextual()
                ? value.textValue().contains(part.textValue())
                : compare(value, part) == 0;
    }

    /** @param budget told of every character that is looked at, so that no pattern runs long */
    static boolean test(String text, String pattern, String flags, Runnable budget) {
        try {
            int options =
                    (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (flags.contains("x") ? Pattern.COMMENTS : 0);
            return Pattern.compile(pattern, options)
                    .matcher(new Watched(text, budget))
                    .find();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + pattern + "\" is no regular expression: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the regular expression \"" + pattern + "\" is too much work");
        }
    }

    /** Whether a pattern fits the whole of a short text, within a bounded number of steps. */
    static boolean matches(Pattern pattern, String text) {
        int[] left = {100_000};
        return pattern.matcher(new Watched(text, () -> {
                    if (left[0]-- <= 0) {
                        throw new IllegalArgumentException(
                                "the regular expression \"" + pattern + "\" is too much work");
                    }
                }))
                .matches();
    }

    /** jq's order: null, false, true, numbers, texts, lists, objects. */
    static int compare(JsonNode one, JsonNode other) {
        int byType = Integer.compare(rank(one), rank(other));
        if (byType != 0) {
            return byType;
        }
        if (one.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        if (one.isTextual()) {
            return one.textValue().compareTo(other.textValue());
        }
        return one.equals((a, b) -> a.isNumber() && b.isNumber() ? compare(a, b) : a.equals(b) ? 0 : 1, other)
                ? 0
                : Comparator.<String>naturalOrder().compare(one.toString(), other.toString());
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue() ? 2 : 1;
            case NUMBER -> 3;
            case STRING -> 4;
            case ARRAY -> 5;
            case OBJECT -> 6;
            default -> 0;
        };
    }

    /** A text that counts how often it is looked at. */
    record Watched(String text, Runnable budget) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            budget.run();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.substring(start, end), budget);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
