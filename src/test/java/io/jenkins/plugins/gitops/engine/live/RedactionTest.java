package io.jenkins.plugins.gitops.engine.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.Test;

/** What looks like a credential does not leave a log. */
public class RedactionTest {

    private final Redaction redaction = new Redaction();

    @Test
    public void credentialsOfTheCommonFormsAreMasked() {
        assertEquals(
                "connecting to postgres://***@db:5432/shop",
                redaction.apply("connecting to postgres://shop:hunter2@db:5432/shop"));
        assertEquals(
                "Authorization: ***",
                redaction.apply("Authorization: Basic c2hvcDpodW50ZXIy").replaceAll(" \\*\\*\\*.*", " ***"));
        assertEquals("DB_PASSWORD=*** DB_HOST=db", redaction.apply("DB_PASSWORD=hunter2 DB_HOST=db"));
        assertEquals("{\"apiKey\": ***, \"a\": 1}", redaction.apply("{\"apiKey\": \"hunter2\", \"a\": 1}"));
        assertEquals("got ***", redaction.apply("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"));
        assertEquals("***", redaction.apply("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"));
    }

    @Test
    public void whatPeopleNeedToReadStays() {
        for (String line : new String[] {
            "panic: open /etc/shop/config.yaml: no such file or directory",
            "secret \"db-password\" not found",
            "2026-03-01T12:00:00Z listening on https://0.0.0.0:8443/shop",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a is not there".substring(0, 58)
        }) {
            assertEquals(line, redaction.apply(line));
        }
    }

    @Test
    public void theValuesOfAKnownSecretAreMaskedWhereverTheyStand() throws Exception {
        redaction.know((ObjectNode) new ObjectMapper()
                .readTree("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"stringData\":{\"a\":\"correct horse\"}}"));
        assertEquals("user said ***!", redaction.apply("user said correct horse!"));
    }

    @Test
    public void aVeryLongLineIsCutBeforeItIsSearchedAndNoWordIsCutInTwo() {
        String line = "a ".repeat(400) + "password=" + "x".repeat(100_000);
        long start = System.nanoTime();
        String cut = redaction.apply(line);
        assertTrue(cut.length() < 1_100 && !cut.contains("xx"));
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
    }
}
