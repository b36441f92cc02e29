package io.jenkins.plugins.gitops.engine.health;

import java.util.Objects;

/**
 * The health of one live object.
 *
 * @param status the verdict
 * @param message one line: what is being waited for or, when it failed, why; empty where there is nothing to say
 * @param terminal whether waiting cannot help any more; only ever with {@link HealthStatus#DEGRADED}
 */
public record Health(HealthStatus status, String message, boolean terminal) {

    public Health {
        Objects.requireNonNull(status, "status");
        message = message == null ? "" : message;
    }
}
