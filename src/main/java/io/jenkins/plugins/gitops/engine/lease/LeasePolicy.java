package io.jenkins.plugins.gitops.engine.lease;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a sync does where another one of the same app is under way.
 *
 * @param holder who syncs, for people: a build's URL, or {@code user@host}
 * @param patience how long to wait for the other one to end; {@link Duration#ZERO} refuses at once
 */
public record LeasePolicy(String holder, Duration patience) implements Serializable {

    /** Waits for at most five minutes; the holder is this process. */
    public static final LeasePolicy DEFAULT =
            new LeasePolicy("process " + ProcessHandle.current().pid(), Duration.ofMinutes(5));

    private static final int LONGEST_HOLDER = 200;

    public LeasePolicy {
        Objects.requireNonNull(patience, "patience");
        holder = holder.length() <= LONGEST_HOLDER ? holder : holder.substring(0, LONGEST_HOLDER);
    }
}
