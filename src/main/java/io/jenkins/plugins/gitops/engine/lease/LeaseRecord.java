package io.jenkins.plugins.gitops.engine.lease;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * What a {@code Lease} says.
 *
 * @param holder {@code spec.holderIdentity}; empty where nobody holds it
 * @param acquired {@code spec.acquireTime}; {@code null} where it says none
 * @param expires when it may be taken over, by the API server's clock; {@code null} where nobody holds it
 * @param uid {@code metadata.uid}
 * @param resourceVersion guards a change of it
 */
record LeaseRecord(String holder, Instant acquired, Instant expires, String uid, String resourceVersion) {

    /** Dates of HTTP are whole seconds. */
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    static LeaseRecord of(JsonNode lease) {
        JsonNode spec = lease.path("spec");
        String holder = spec.path("holderIdentity").asText("");
        Instant renewed = instant(spec.path("renewTime"));
        Instant acquired = instant(spec.path("acquireTime"));
        // Whoever wrote no time cannot be waited for.
        Instant from = renewed == null ? Instant.EPOCH : renewed;
        Instant expires = holder.isEmpty()
                ? null
                : from.plusSeconds(spec.path("leaseDurationSeconds").asLong(0)).plus(RESOLUTION);
        return new LeaseRecord(
                holder,
                acquired,
                expires,
                lease.path("metadata").path("uid").asText(),
                lease.path("metadata").path("resourceVersion").asText());
    }

    boolean isFree(Instant now) {
        return expires == null || now.isAfter(expires);
    }

    private static Instant instant(JsonNode text) {
        try {
            return text.isTextual() ? Instant.parse(text.asText()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
