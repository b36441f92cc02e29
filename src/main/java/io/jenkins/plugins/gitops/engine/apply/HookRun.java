package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.time.Duration;

/** What came of one hook. */
public final class HookRun {

    private final HookTask task;
    private final long startedAt = System.nanoTime();
    private volatile long endedAt;
    private volatile ObjectNode object;
    private volatile Problem problem;
    private boolean hanging;

    HookRun(HookTask task) {
        this.task = task;
    }

    public HookTask task() {
        return task;
    }

    /** When it was begun, as {@link System#nanoTime()} tells it. */
    public long startedAt() {
        return startedAt;
    }

    /** How long it took, or has taken so far. */
    public Duration duration() {
        return Duration.ofNanos((endedAt == 0 ? System.nanoTime() : endedAt) - startedAt);
    }

    /** Why it failed; {@code null} where it did not. */
    public Problem problem() {
        return problem;
    }

    /** Whether it is neither through nor failed. */
    public boolean isRunning() {
        return endedAt == 0;
    }

    /** Whether it was still running when its time was up. */
    boolean isHanging() {
        return hanging;
    }

    /** Its object as it was made; {@code null} where the cluster refused it. */
    ObjectNode object() {
        return object;
    }

    void created(ObjectNode made) {
        object = made;
    }

    void succeeded() {
        endedAt = System.nanoTime();
    }

    void failed(Problem why) {
        problem = why;
        endedAt = System.nanoTime();
    }

    void hanging(boolean value) {
        hanging = value;
    }
}
