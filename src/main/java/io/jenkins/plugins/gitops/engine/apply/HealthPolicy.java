package io.jenkins.plugins.gitops.engine.apply;

import io.jenkins.plugins.gitops.engine.health.HealthExpression;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a sync waits for what it applied.
 *
 * @param await whether to wait until everything is healthy
 * @param timeout how long to wait for that
 * @param pullGrace for how long an image may fail to be pulled before the wait ends early
 * @param logLines how many lines of a failing container's log the progress listener is told; 0 for none. No report keeps
 *     them: a log may hold anything
 * @param expressions the user's own rules, which go before those for the kinds
 */
public record HealthPolicy(
        boolean await, Duration timeout, Duration pullGrace, int logLines, List<HealthExpression> expressions)
        implements Serializable {

    /** Long enough for a registry to come back from a restart, and for a token to be renewed. */
    public static final Duration PULL_GRACE = Duration.ofMinutes(2);

    /** Waits for at most five minutes. */
    public static final HealthPolicy DEFAULT = new HealthPolicy(true, Duration.ofMinutes(5));

    public HealthPolicy {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(pullGrace, "pullGrace");
        expressions = List.copyOf(expressions);
    }

    public HealthPolicy(boolean await, Duration timeout) {
        this(await, timeout, PULL_GRACE, 0, List.of());
    }

    public HealthPolicy withPullGrace(Duration value) {
        return new HealthPolicy(await, timeout, value, logLines, expressions);
    }

    public HealthPolicy withLogLines(int value) {
        return new HealthPolicy(await, timeout, pullGrace, value, expressions);
    }

    public HealthPolicy withExpressions(List<HealthExpression> value) {
        return new HealthPolicy(await, timeout, pullGrace, logLines, value);
    }

    /**
     * How long a wave, a dependency or a hook may take. The order is kept even where nobody waits for the end: it is part of
     * what Git declares.
     */
    public Duration orderTimeout() {
        return await || !timeout.isZero() ? timeout : DEFAULT.timeout();
    }
}
