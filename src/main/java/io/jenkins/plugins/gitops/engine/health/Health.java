package io.jenkins.plugins.gitops.engine.health;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The health of one live object.
 *
 * @param status the verdict
 * @param message one line of at most {@value #MAX_MESSAGE} characters: what is being waited for or, when it failed, why;
 *     empty where there is nothing to say
 * @param terminal whether waiting cannot help any more; only ever with {@link HealthStatus#DEGRADED}
 * @param details what else explains it, such as a pod's last events; at most {@value #MAX_DETAILS} lines of at most
 *     {@value #MAX_MESSAGE} characters
 */
public record Health(HealthStatus status, String message, boolean terminal, List<String> details) {

    public static final int MAX_DETAILS = 20;

    /** Longest message in characters: controllers put whole stack traces and diffs into a condition's message. */
    public static final int MAX_MESSAGE = 400;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
    private static final Health HEALTHY = healthy("");

    public Health {
        Objects.requireNonNull(status, "status");
        if (terminal && status != HealthStatus.DEGRADED) {
            throw new IllegalArgumentException(status + " is never terminal");
        }
        message = oneLine(message);
        details = details.stream().limit(MAX_DETAILS).map(Health::oneLine).toList();
    }

    public Health(HealthStatus status, String message, boolean terminal) {
        this(status, message, terminal, List.of());
    }

    public static Health healthy() {
        return HEALTHY;
    }

    public static Health healthy(String message) {
        return new Health(HealthStatus.HEALTHY, message, false);
    }

    public static Health progressing(String message) {
        return new Health(HealthStatus.PROGRESSING, message, false);
    }

    /** It fails now and may still recover, such as an image that cannot be pulled yet. */
    public static Health degraded(String message) {
        return new Health(HealthStatus.DEGRADED, message, false);
    }

    /** It failed for good: nothing but a change of its declaration mends it. */
    public static Health failed(String message) {
        return new Health(HealthStatus.DEGRADED, message, true);
    }

    public static Health suspended(String message) {
        return new Health(HealthStatus.SUSPENDED, message, false);
    }

    public static Health missing() {
        return missing("not found in the cluster");
    }

    public static Health missing(String message) {
        return new Health(HealthStatus.MISSING, message, false);
    }

    public static Health unknown(String message) {
        return new Health(HealthStatus.UNKNOWN, message, false);
    }

    /** The same verdict, in other words. */
    public Health withMessage(String value) {
        return new Health(status, value, terminal, details);
    }

    public Health withDetails(List<String> value) {
        return new Health(status, message, terminal, value);
    }

    /**
     * A text of others as one line of at most {@value #MAX_MESSAGE} characters, without what moves a cursor or colours a
     * terminal.
     */
    public static String oneLine(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        // Anybody who may write a status may write an escape sequence.
        String line = BLANKS.matcher(text).replaceAll(" ").strip();
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE - 1) + "…";
    }
}
