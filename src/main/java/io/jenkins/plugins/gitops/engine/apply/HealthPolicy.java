package io.jenkins.plugins.gitops.engine.apply;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How a sync waits for what it applied.
 *
 * @param await whether to wait until everything is healthy
 * @param timeout how long to wait for that
 * @param pullGrace for how long an image may fail to be pulled before the wait ends early
 */
public record HealthPolicy(boolean await, Duration timeout, Duration pullGrace) implements Serializable {

    /** Long enough for a registry to come back from a restart, and for a token to be renewed. */
    public static final Duration PULL_GRACE = Duration.ofMinutes(2);

    /** Waits for at most five minutes. */
    public static final HealthPolicy DEFAULT = new HealthPolicy(true, Duration.ofMinutes(5));

    public HealthPolicy {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(pullGrace, "pullGrace");
    }

    public HealthPolicy(boolean await, Duration timeout) {
        this(await, timeout, PULL_GRACE);
    }

    public HealthPolicy withPullGrace(Duration value) {
        return new HealthPolicy(await, timeout, value);
    }

    /**
     * How long a wave, a dependency or a hook may take. The order is kept even where nobody waits for the end: it is part of
     * what Git declares.
     */
    public Duration orderTimeout() {
        return await || !timeout.isZero() ? timeout : DEFAULT.timeout();
    }
}
