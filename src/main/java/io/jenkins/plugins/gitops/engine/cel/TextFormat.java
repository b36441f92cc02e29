package io.jenkins.plugins.gitops.engine.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code "%s has %d".format([...])}, with the clauses %s %d %f %e %b %x %X %o. */
final class TextFormat {

    private TextFormat() {}

    static String format(String format, Collection<?> arguments) {
        StringBuilder out = new StringBuilder();
        Iterator<?> next = arguments.iterator();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (at < format.length() && format.charAt(at) == '%') {
                out.append('%');
                at++;
                continue;
            }
            int precision = 6;
            if (at < format.length() && format.charAt(at) == '.') {
                int end = ++at;
                while (end < format.length() && Character.isDigit(format.charAt(end))) {
                    end++;
                }
                precision = precision(format.substring(at, end));
                at = end;
            }
            if (at >= format.length()) {
                throw Functions.failure("unexpected end of format string");
            }
            if (!next.hasNext()) {
                throw Functions.failure("index " + arguments.size() + " out of range");
            }
            String text = clause(format.charAt(at++), precision, next.next());
            Budget.spend(text.length());
            out.append(text);
        }
        return out.toString();
    }

    private static int precision(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            throw Functions.failure("unable to convert precision specifier to integer");
        }
        return Integer.parseInt(digits);
    }

    private static String clause(char clause, int precision, Object value) {
        return switch (clause) {
            case 's' -> text(value);
            case 'd' -> decimal(value);
            case 'f' -> fixed(value, precision);
            case 'e' -> scientific(value, precision);
            case 'b' -> value instanceof Boolean bool ? (bool ? "1" : "0") : number(value, 2);
            case 'o' -> number(value, 8);
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(Locale.ROOT);
            default -> throw Functions.failure("unrecognized formatting clause \"" + clause + "\"");
        };
    }

    private static String text(Object value) {
        if (value instanceof String string) {
            return string;
        }
        if (value instanceof NullValue || value == null) {
            return "null";
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof CelByteString bytes) {
            return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        }
        if (value instanceof List<?> list) {
            StringBuilder out = new StringBuilder("[");
            for (Object item : list) {
                out.append(out.length() > 1 ? ", " : "").append(text(item));
                Budget.spend(out.length() / 64);
            }
            return out.append(']').toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(text(key), text(item)));
            StringBuilder out = new StringBuilder("{");
            sorted.forEach((key, item) -> out.append(out.length() > 1 ? ", " : "")
                    .append(key)
                    .append(": ")
                    .append(item));
            return out.append('}').toString();
        }
        if (value instanceof Duration duration) {
            BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                    .add(BigDecimal.valueOf(duration.getNano(), 9))
                    .stripTrailingZeros();
            return seconds.toPlainString() + "s";
        }
        if (value instanceof Boolean
                || value instanceof Long
                || value instanceof UnsignedLong
                || value instanceof Instant) {
            return value.toString();
        }
        throw Functions.failure(
                "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations,"
                        + " and timestamps");
    }

    private static String decimal(Object value) {
        if (value instanceof Long || value instanceof UnsignedLong) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return number(number);
        }
        throw Functions.failure("decimal clause can only be used on integers");
    }

    private static String fixed(Object value, int precision) {
        double number = floating(value, "fixed-point");
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return number(number);
        }
        return new BigDecimal(number)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String scientific(Object value, int precision) {
        double number = floating(value, "scientific");
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return number(number);
        }
        return String.format(Locale.ROOT, "%." + precision + "e", number);
    }

    private static double floating(Object value, String clause) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw Functions.failure(clause + " clause can only be used on doubles");
    }

    private static String number(Object value, int radix) {
        if (value instanceof Long number) {
            return Long.toString(number, radix);
        }
        if (value instanceof UnsignedLong number) {
            return number.toString(radix);
        }
        throw Functions.failure("only integers can be formatted so");
    }

    private static String hex(Object value) {
        byte[] bytes = value instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : value instanceof CelByteString raw ? raw.toByteArray() : null;
        if (bytes == null) {
            return number(value, 16);
        }
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            out.append(String.format("%02x", b));
        }
        return out.toString();
    }

    /** As Go prints it: the shortest digits that say the number, an exponent only where it is large or small. */
    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 11 -> out.append("\\v");
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                default -> out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}
