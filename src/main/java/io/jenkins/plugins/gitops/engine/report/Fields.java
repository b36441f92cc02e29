package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The properties of one JSON object from a source that is not trusted. Each is of the type and in the bounds that are
 * asked for, or the report is refused: nothing is converted.
 */
final class Fields {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    /** 2^53 - 1: what every JSON reader can hold. */
    private static final long MAX_NUMBER = (1L << 53) - 1;

    private final JsonNode json;
    private final String path;

    private Fields(JsonNode json, String path) {
        this.json = json;
        this.path = path;
    }

    static Fields of(JsonNode json, String path) throws Malformed {
        if (json == null || !json.isObject()) {
            throw new Malformed((path.isEmpty() ? "the report" : path) + " is no object");
        }
        return new Fields(json, path);
    }

    /** Carried through lambdas; {@link ReportReader} turns it into a {@link ReportFormatException}. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    String text(String name, int max) {
        String text = optionalText(name, max);
        if (text == null) {
            throw malformed(name, "is missing");
        }
        return text;
    }

    /** {@code null} where it is absent. */
    String optionalText(String name, int max) {
        JsonNode value = json.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw malformed(name, "is no string");
        }
        if (value.textValue().length() > max) {
            throw malformed(name, "is longer than " + max + " characters");
        }
        return value.textValue();
    }

    String matching(String name, Pattern pattern, String expected) {
        String text = text(name, Lengths.NAME);
        if (!pattern.matcher(text).matches()) {
            throw malformed(name, "is not " + expected);
        }
        return text;
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        E value = optionalOneOf(name, type);
        if (value == null) {
            throw malformed(name, "is missing");
        }
        return value;
    }

    <E extends Enum<E>> E optionalOneOf(String name, Class<E> type) {
        String text = optionalText(name, Lengths.NAME);
        if (text == null) {
            return null;
        }
        E value = Spelling.parse(type, text);
        if (value == null) {
            List<String> known = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                known.add(Spelling.of(constant));
            }
            throw malformed(name, "is none of " + String.join(", ", known));
        }
        return value;
    }

    boolean bool(String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isBoolean()) {
            throw malformed(name, value == null ? "is missing" : "is no boolean");
        }
        return value.booleanValue();
    }

    /** A whole number from 0. */
    long number(String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw malformed(name, "is missing");
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > MAX_NUMBER) {
            throw malformed(name, "is no whole number from 0 to " + MAX_NUMBER);
        }
        return value.longValue();
    }

    /** A whole number, which may be negative. */
    int integer(String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw malformed(name, value == null ? "is missing" : "is no whole number of 32 bits");
        }
        return value.intValue();
    }

    /** A line or a column; 0 where it is absent. */
    int position(String name) {
        long value = json.has(name) ? number(name) : 0;
        if (value > Integer.MAX_VALUE) {
            throw malformed(name, "is no line or column");
        }
        return (int) value;
    }

    Duration millis(String name) {
        return Duration.ofMillis(number(name));
    }

    Instant time(String name) {
        Instant time = optionalTime(name);
        if (time == null) {
            throw malformed(name, "is missing");
        }
        return time;
    }

    Instant optionalTime(String name) {
        String text = optionalText(name, Lengths.NAME);
        if (text == null) {
            return null;
        }
        try {
            if (TIME.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            // Such as a 31st of February: told below.
        }
        throw malformed(name, "is no time in UTC such as 2026-03-04T10:04:05.000Z");
    }

    /** A field's value as it is; {@code null} where it is absent, a null node where it is null. */
    JsonNode value(String name) {
        return json.get(name);
    }

    /** {@code null} where it is absent. */
    <T> T optionalObject(String name, Function<Fields, T> reader) {
        JsonNode value = json.get(name);
        return value == null ? null : reader.apply(of(value, at(name)));
    }

    <T> List<T> list(String name, Function<Fields, T> reader) {
        JsonNode value = json.get(name);
        if (value == null || !value.isArray()) {
            throw malformed(name, value == null ? "is missing" : "is no array");
        }
        List<T> items = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            items.add(reader.apply(of(item, at(name) + "[" + items.size() + "]")));
        }
        return items;
    }

    /** As {@link #list}; empty where it is absent. */
    <T> List<T> optionalList(String name, Function<Fields, T> reader) {
        return json.has(name) ? list(name, reader) : List.of();
    }

    /** The strings of a list; none where it is absent. */
    List<String> optionalTexts(String name, int max) {
        JsonNode value = json.get(name);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual() || item.textValue().length() > max) {
                throw malformed(name, "is no array of strings of at most " + max + " characters");
            }
            texts.add(item.textValue());
        }
        if (!value.isArray()) {
            throw malformed(name, "is no array");
        }
        return texts;
    }

    Malformed malformed(String name, String what) {
        return new Malformed(at(name) + " " + what);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
