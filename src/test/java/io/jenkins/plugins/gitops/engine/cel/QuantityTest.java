package io.jenkins.plugins.gitops.engine.cel;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import org.junit.Test;

public class QuantityTest {

    /** As a 1.36 API server stores them. */
    private static final Map<String, String> CANONICAL = Map.ofEntries(
            Map.entry("1000m", "1"),
            Map.entry("0.5", "500m"),
            Map.entry("1500m", "1500m"),
            Map.entry("1024Mi", "1Gi"),
            Map.entry("1.5Gi", "1536Mi"),
            Map.entry("0.5Gi", "512Mi"),
            Map.entry("1000Ki", "1000Ki"),
            Map.entry("1e3", "1e3"),
            Map.entry("12e6", "12e6"),
            Map.entry("1000k", "1M"),
            Map.entry("0", "0"),
            Map.entry("0Gi", "0"),
            Map.entry("100", "100"),
            Map.entry("-1.5", "-1500m"),
            Map.entry("1E", "1E"),
            Map.entry("0.1Ki", "102400m"),
            Map.entry("100n", "100n"));

    @Test
    public void isWrittenAsTheServerWritesIt() {
        CANONICAL.forEach((text, canonical) ->
                assertEquals(text, canonical, Quantity.parse(text).orElseThrow().toString()));
    }

    @Test
    public void whatIsNoneIsNone() {
        for (String text : new String[] {"", "x", "1MB", "1 Gi", "1gi", ".", "1e", "1ki", "--1", "1e99999999999"}) {
            assertTrue(text, Quantity.parse(text).isEmpty());
        }
    }
}
