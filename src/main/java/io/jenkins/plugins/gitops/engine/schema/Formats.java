package io.jenkins.plugins.gitops.engine.schema;

import io.jenkins.plugins.gitops.engine.cel.CelEnvironment;
import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.cel.CelExpression;
import io.jenkins.plugins.gitops.engine.cel.Quantity;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of strings that the API server checks; it lets every other one pass. */
final class Formats {

    private static final Pattern DURATION_PART = Pattern.compile("(\\d{0,18}(?:\\.\\d{0,18})?)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern HOSTNAME =
            Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]{0,62})?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,62})?)*\\.?");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "μs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);

    /** What only CEL's functions know of addresses and URLs. */
    private static final Map<String, CelExpression> BY_CEL = new HashMap<>();

    static {
        CelEnvironment environment = CelEnvironment.of("text");
        Map.of(
                        "ipv4", "isIP(text) && ip(text).family() == 4",
                        "ipv6", "isIP(text) && ip(text).family() == 6",
                        "cidr", "isCIDR(text)",
                        "uri", "isURL(text)")
                .forEach((format, expression) -> {
                    try {
                        BY_CEL.put(format, environment.compile(expression));
                    } catch (CelException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private Formats() {}

    /** What a text of the format is, for a message; {@code null} where the text is one. */
    static String missed(String format, String text) {
        boolean sound =
                switch (format) {
                    case "date-time" -> isDateTime(text);
                    case "date" -> isDate(text);
                    case "byte" -> isBase64(text);
                    case "quantity" -> Quantity.parse(text).isPresent();
                    case "duration" -> duration(text) != null;
                    case "uuid" -> text.length() < 100 && UUID.matcher(text).matches();
                    case "hostname" ->
                        text.length() < 255 && HOSTNAME.matcher(text).matches();
                    case "email" -> text.length() < 1000 && EMAIL.matcher(text).matches();
                    case "ipv4", "ipv6", "cidr", "uri" -> holds(BY_CEL.get(format), text);
                    default -> true;
                };
        return sound ? null : what(format);
    }

    private static String what(String format) {
        return switch (format) {
            case "date-time" -> "a time such as 2006-01-02T15:04:05Z";
            case "date" -> "a date such as 2006-01-02";
            case "byte" -> "base64";
            case "quantity" -> "a quantity such as 500m or 1Gi";
            case "duration" -> "a duration such as 1h30m";
            case "hostname" -> "a host name";
            case "email" -> "an e-mail address";
            case "ipv4" -> "an IPv4 address";
            case "ipv6" -> "an IPv6 address";
            case "cidr" -> "a range of addresses such as 10.0.0.0/8";
            case "uri" -> "a URL";
            default -> "a " + format.toUpperCase(java.util.Locale.ROOT);
        };
    }

    private static boolean holds(CelExpression expression, String text) {
        try {
            return Boolean.TRUE.equals(expression.evaluate(Map.of("text", text)));
        } catch (CelException e) {
            return false;
        }
    }

    /** {@code null} where it is none. */
    static Duration duration(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION_PART.matcher(rest);
        double seconds = 0;
        int at = 0;
        while (at < rest.length()) {
            if (!matcher.find(at) || matcher.start() != at || !matcher.group(1).matches(".*\\d.*")) {
                return null;
            }
            seconds += Double.parseDouble(matcher.group(1)) * SECONDS.get(matcher.group(2));
            at = matcher.end();
        }
        return at == 0 ? null : Duration.ofNanos((long) (seconds * (text.startsWith("-") ? -1e9 : 1e9)));
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            // As Go reads it: line breaks do not count.
            String bare = text.replace("\n", "").replace("\r", "");
            Base64.getDecoder().decode(bare);
            return bare.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
