package io.jenkins.plugins.gitops.engine.live;

import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How far a wait has come, when it is over, and what is said of it meanwhile. */
final class WaitProgress {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final List<Followed> followed;
    private final Map<ObjectId, Health> verdicts;
    private final Duration timeout;
    private final ProgressListener progress;
    private final long start = System.nanoTime();
    private long lastWord = start;
    private int lastReady = -1;

    WaitProgress(List<Followed> followed, Map<ObjectId, Health> verdicts, Duration timeout, ProgressListener progress) {
        this.followed = followed;
        this.verdicts = verdicts;
        this.timeout = timeout;
        this.progress = progress;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    long millisLeft() {
        return Math.max(0, timeout.minus(elapsed()).toMillis());
    }

    /** What is not healthy. What somebody suspended does not progress until somebody resumes it: nothing to wait for. */
    List<Followed> open() {
        return followed.stream().filter(one -> isOpen(verdicts.get(one.id()))).toList();
    }

    static boolean isOpen(Health health) {
        return health == null || health.status() != HealthStatus.HEALTHY && health.status() != HealthStatus.SUSPENDED;
    }

    boolean isOver() {
        return open().isEmpty() || hasFinal() || millisLeft() == 0;
    }

    /** Whether something has failed for good. */
    boolean hasFinal() {
        return followed.stream().anyMatch(this::isFinal);
    }

    boolean isFinal(Followed one) {
        Health health = verdicts.get(one.id());
        return health != null && health.terminal();
    }

    /** Says how it stands where that has changed, where nothing was said for long, and at the end. */
    void tell() {
        List<Followed> open = open();
        int ready = followed.size() - open.size();
        boolean heartbeat = System.nanoTime() - lastWord >= HEARTBEAT.toNanos();
        if (!open.isEmpty() && (ready != lastReady || heartbeat || isOver())) {
            lastReady = ready;
            lastWord = System.nanoTime();
            progress.waiting(ready, followed.size(), elapsed(), describe(open));
        }
    }

    /** Why it was in vain; empty where everything is healthy. */
    String complaint() {
        List<Followed> open = open();
        if (open.isEmpty()) {
            return "";
        }
        return (hasFinal() ? "failed for good: " : "not healthy within " + timeout.toSeconds() + " s: ")
                + describe(open);
    }

    private String describe(List<Followed> open) {
        Followed first = open.stream().filter(this::isFinal).findFirst().orElse(open.get(0));
        Health health = verdicts.get(first.id());
        String more = open.size() > 1 ? " (and " + (open.size() - 1) + " more)" : "";
        return first.id() + ": " + (health == null ? "not looked at yet" : health.message()) + more;
    }
}
