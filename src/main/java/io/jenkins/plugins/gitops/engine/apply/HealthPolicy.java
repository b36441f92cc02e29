package io.jenkins.plugins.gitops.engine.apply;

import java.time.Duration;
import java.util.Objects;

/**
 * How a sync waits for what it applied.
 *
 * @param await whether to wait until everything is healthy
 * @param timeout how long to wait for that
 */
public record HealthPolicy(boolean await, Duration timeout) {

    /** Waits for at most five minutes. */
    public static final HealthPolicy DEFAULT = new HealthPolicy(true, Duration.ofMinutes(5));

    public HealthPolicy {
        Objects.requireNonNull(timeout, "timeout");
    }
}
