package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
public final class Times {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code 2026-03-04 10:04:05 UTC}. */
    public static String absolute(Instant time) {
        return UTC.format(time);
    }

    /** {@code 3 min ago}; a time that has not come yet, as clocks differ, is {@code just now}. */
    public static String ago(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        return age.toSeconds() < 1 ? "just now" : coarse(age) + " ago";
    }

    private static String coarse(Duration age) {
        if (age.toSeconds() < 60) {
            return age.toSeconds() + " s";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + " min";
        }
        if (age.toHours() < 48) {
            return age.toHours() + " h";
        }
        return Printable.count(age.toDays()) + " days";
    }

    /** {@code 340 ms}, {@code 2.1 s}, {@code 3 min 5 s}, {@code 1 h 12 min}. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 3_600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return Printable.count(seconds / 3_600) + " h"
                + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
    }
}
