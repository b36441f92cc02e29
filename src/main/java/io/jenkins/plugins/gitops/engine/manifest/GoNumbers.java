package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/**
 * Numbers as Go reads and writes them ({@code strconv}, {@code encoding/json}), since that is what kubectl sends: a
 * whole number such as {@code 1.0} or {@code 1e3} becomes an integer, and what is beyond 64 bits a double.
 */
final class GoNumbers {

    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    /** What Go's own parser takes where the text begins with a dot: underscores between digits. */
    private static final Pattern DOT_FLOAT = Pattern.compile("\\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?");

    private static final Pattern NUMBER_CHARACTERS = Pattern.compile("[-+.0-9][-+._0-9a-fA-FxXoO]*+");

    private static final BigInteger UNSIGNED_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** The characters of the longest text that is looked at as a number: parsing takes ever longer with its length. */
    static final int LENGTH = 1000;

    private GoNumbers() {}

    /** Whether a text could be a number by its characters. */
    static boolean looksLikeNumber(String text) {
        return NUMBER_CHARACTERS.matcher(text).matches();
    }

    /**
     * A scalar that begins with a digit or a sign.
     *
     * @return a {@link Long}, a {@link BigInteger} beyond that up to 64 bits without sign, a {@link Double}, or
     *     {@code null} where it is no number
     */
    static Number parse(String text) {
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        BigInteger integer = integer(plain);
        if (integer != null) {
            if (integer.bitLength() < Long.SIZE) {
                return integer.longValue();
            }
            boolean signed = plain.startsWith("+") || plain.startsWith("-");
            if (!signed && integer.compareTo(UNSIGNED_MAX) <= 0) {
                return integer;
            }
        }
        if (FLOAT.matcher(plain).matches()) {
            return finite(plain);
        }
        // 0b-1 is -1 there: the prefix is cut off and the rest parsed with its sign.
        return plain.startsWith("0b+") || plain.startsWith("0b-") ? small(digits(plain.substring(3), 2), plain) : null;
    }

    /** A scalar that begins with a dot. */
    static Double parseDot(String text) {
        return DOT_FLOAT.matcher(text).matches() ? finite(text.replace("_", "")) : null;
    }

    /** Whether a text has the form of a number, but is beyond a double. */
    static boolean isTooLarge(String text) {
        return FLOAT.matcher(text).matches() && finite(text) == null;
    }

    private static Long small(BigInteger magnitude, String plain) {
        if (magnitude == null) {
            return null;
        }
        BigInteger value = plain.charAt(2) == '-' ? magnitude.negate() : magnitude;
        return value.bitLength() < Long.SIZE ? value.longValue() : null;
    }

    private static Double finite(String text) {
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : value;
    }

    private static BigInteger integer(String plain) {
        boolean signed = !plain.isEmpty() && (plain.charAt(0) == '+' || plain.charAt(0) == '-');
        String unsigned = signed ? plain.substring(1) : plain;
        BigInteger magnitude = magnitude(unsigned);
        return magnitude != null && plain.charAt(0) == '-' ? magnitude.negate() : magnitude;
    }

    private static BigInteger magnitude(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.charAt(0) != '0' || text.length() == 1) {
            return digits(text, 10);
        }
        char base = text.length() > 2 ? text.charAt(1) : ' ';
        return switch (base) {
            case 'x', 'X' -> digits(text.substring(2), 16);
            case 'o', 'O' -> digits(text.substring(2), 8);
            case 'b', 'B' -> digits(text.substring(2), 2);
            default -> digits(text.substring(1), 8);
        };
    }

    private static BigInteger digits(String text, int base) {
        if (text.isEmpty()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'f' || Character.digit(c, base) < 0) {
                return null;
            }
        }
        return text.length() < 12 ? BigInteger.valueOf(Long.parseLong(text, base)) : new BigInteger(text, base);
    }

    /** What a JSON reader sees of a number after Go wrote it. */
    static JsonNode json(Number number) {
        if (number instanceof Long integer) {
            return json(integer.longValue());
        }
        double value = number.doubleValue();
        if (value == Math.rint(value) && Math.abs(value) < 1e21) {
            BigInteger whole = shortest(value).toBigIntegerExact();
            return whole.bitLength() < Long.SIZE ? json(whole.longValue()) : BigIntegerNode.valueOf(whole);
        }
        return DecimalNode.valueOf(shortest(value));
    }

    /** The node types that Jackson's own reader chooses, so that values read either way are equal. */
    private static JsonNode json(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    /**
     * A float as a mapping key: {@code FormatFloat(key, 'g', -1, 32)}, thus in single precision.
     */
    static String key(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        float single = (float) value;
        if (Float.isInfinite(single)) {
            return single > 0 ? ".inf" : "-.inf";
        }
        if (single == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = shortest(single, v -> (float) v == single).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = single < 0 ? "-" : "";
        if (exponent >= -4 && exponent < 6) {
            return shortest.toPlainString();
        }
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return String.format(
                "%s%c%se%c%02d", sign, digits.charAt(0), fraction, exponent < 0 ? '-' : '+', Math.abs(exponent));
    }

    private static BigDecimal shortest(double value) {
        return shortest(value, v -> v == value);
    }

    /** The fewest digits that are read back as the same number. {@link Double#toString} has some too many. */
    private static BigDecimal shortest(double value, DoublePredicate same) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (same.test(rounded.doubleValue())) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
