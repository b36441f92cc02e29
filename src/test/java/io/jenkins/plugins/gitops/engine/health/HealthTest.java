package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class HealthTest {

    @Test
    public void aMessageIsOneLineOfLimitedLength() {
        assertEquals("a b c", Health.progressing(" a\r\n  b\tc\n").message());
        assertEquals("a [31mb", Health.progressing("a\u001b[31mb").message());
        String longest = "x".repeat(Health.MAX_MESSAGE);
        assertEquals(longest, Health.progressing(longest).message());
        assertEquals(
                "x".repeat(Health.MAX_MESSAGE - 1) + "…",
                Health.progressing(longest + "x").message());
        assertEquals("", Health.progressing(null).message());
    }

    @Test
    public void onlyAFailureIsTerminal() {
        assertTrue(Health.failed("no").terminal());
        assertFalse(Health.degraded("not yet").terminal());
        assertThrows(IllegalArgumentException.class, () -> new Health(HealthStatus.PROGRESSING, "waiting", true));
    }
}
