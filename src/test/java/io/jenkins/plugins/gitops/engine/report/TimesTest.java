package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.Test;

public class TimesTest {

    private static final Instant NOW = Instant.parse("2026-03-04T10:04:05Z");

    @Test
    public void agesAreCoarse() {
        assertEquals("just now", ago(Duration.ofMillis(400)));
        assertEquals("just now", ago(Duration.ofSeconds(-30)));
        assertEquals("59 s ago", ago(Duration.ofSeconds(59)));
        assertEquals("3 min ago", ago(Duration.ofSeconds(200)));
        assertEquals("47 h ago", ago(Duration.ofHours(47)));
        assertEquals("2 days ago", ago(Duration.ofHours(49)));
        assertEquals("1,000 days ago", ago(Duration.ofDays(1_000)));
    }

    @Test
    public void durationsHaveTheDigitsThatMatter() {
        assertEquals("0 ms", Times.duration(Duration.ofMillis(-5)));
        assertEquals("999 ms", Times.duration(Duration.ofMillis(999)));
        assertEquals("1.0 s", Times.duration(Duration.ofMillis(1_000)));
        assertEquals("59.9 s", Times.duration(Duration.ofMillis(59_949)));
        assertEquals("1 min", Times.duration(Duration.ofMillis(59_950)));
        assertEquals("3 min 5 s", Times.duration(Duration.ofSeconds(185)));
        assertEquals("1 h 12 min", Times.duration(Duration.ofMinutes(72)));
    }

    @Test
    public void timesAreInUtc() {
        assertEquals("2026-03-04 10:04:05 UTC", Times.absolute(NOW));
    }

    private static String ago(Duration age) {
        return Times.ago(NOW.minus(age), NOW);
    }
}
