package io.jenkins.plugins.gitops.engine.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A resource quantity, such as {@code 500m}, {@code 1.5Gi} or {@code 1e3}. Equal where the amount is. */
public final class Quantity implements Comparable<Quantity> {

    private static final Pattern FORM = Pattern.compile(
            "([+-]?)(\\d{1,1000}(?:\\.\\d{0,1000})?|\\.\\d{1,1000})(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\\d{1,4})?");

    private static final String BINARY = "KMGTPE";
    private static final String DECIMAL = "num kMGTPE";
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private enum Form {
        BINARY,
        DECIMAL,
        EXPONENT
    }

    private final BigDecimal amount;
    private final Form form;

    private Quantity(BigDecimal amount, Form form) {
        this.amount = amount;
        this.form = form;
    }

    /** Empty where it is none. */
    public static Optional<Quantity> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number =
                new BigDecimal(matcher.group(1) + "0" + matcher.group(2).replaceFirst("\\.$", ""));
        String suffix = matcher.group(3) == null ? "" : matcher.group(3);
        if (suffix.endsWith("i")) {
            int power = BINARY.indexOf(suffix.charAt(0)) + 1;
            return Optional.of(new Quantity(capped(number.multiply(KIBI.pow(power))), Form.BINARY));
        }
        // 1E is an exabyte, and 1E3 a thousand.
        if (suffix.length() > 1) {
            int exponent = Integer.parseInt(suffix.substring(1));
            return Optional.of(new Quantity(capped(number.scaleByPowerOfTen(exponent)), Form.EXPONENT));
        }
        int exponent = suffix.isEmpty() ? 0 : (DECIMAL.indexOf(suffix) - 3) * 3;
        return Optional.of(new Quantity(capped(number.scaleByPowerOfTen(exponent)), Form.DECIMAL));
    }

    /** Nothing is smaller than a nano, and nothing greater than an int64. */
    private static BigDecimal capped(BigDecimal number) {
        BigDecimal rounded = number.scale() > 9 ? number.setScale(9, RoundingMode.UP) : number;
        BigDecimal max = new BigDecimal(MAX);
        return rounded.abs().compareTo(max) > 0 ? (rounded.signum() < 0 ? max.negate() : max) : rounded;
    }

    int sign() {
        return amount.signum();
    }

    Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), amount.signum() == 0 ? other.form : form);
    }

    Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(other.amount), amount.signum() == 0 ? other.form : form);
    }

    static Quantity of(long number) {
        return new Quantity(BigDecimal.valueOf(number), Form.DECIMAL);
    }

    /** Empty where it is no whole number. */
    Optional<Long> integer() {
        try {
            return Optional.of(amount.longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    double approximate() {
        return amount.doubleValue();
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && amount.compareTo(quantity.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /** The canonical form, as the API server stores it: {@code 1} for {@code 1000m}, {@code 1536Mi} for {@code 1.5Gi}. */
    @Override
    public String toString() {
        if (amount.signum() == 0) {
            return "0";
        }
        if (form == Form.BINARY && amount.abs().compareTo(KIBI) >= 0) {
            return binary();
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        BigInteger mantissa = stripped.unscaledValue();
        int exponent = -stripped.scale();
        while (exponent % 3 != 0) {
            mantissa = mantissa.multiply(BigInteger.TEN);
            exponent--;
        }
        if (form == Form.EXPONENT) {
            return mantissa + (exponent == 0 ? "" : "e" + exponent);
        }
        return mantissa + (exponent == 0 ? "" : String.valueOf(DECIMAL.charAt(exponent / 3 + 3)));
    }

    private String binary() {
        BigInteger mantissa = amount.setScale(0, RoundingMode.UP).toBigInteger();
        BigInteger kibi = BigInteger.valueOf(1024);
        int power = 0;
        while (power < BINARY.length() && mantissa.mod(kibi).signum() == 0) {
            mantissa = mantissa.divide(kibi);
            power++;
        }
        return mantissa + (power == 0 ? "" : BINARY.charAt(power - 1) + "i");
    }
}
