package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.time.Duration;
import java.util.Objects;

/**
 * One step of the order in which a sync goes.
 *
 * @param kind what is done in it
 * @param phase {@code PreSync}, {@code Sync}, {@code PostSync}, {@code SyncFail}, {@code Prune} ...
 * @param wave its wave; 0 where nothing names one
 * @param object the object of a hook; {@code null} for all others
 * @param objects how many objects it is about
 * @param result how far it came
 * @param start after the beginning of the run; zero where it was not begun
 * @param duration how long it took; zero where it was not begun
 * @param message why it failed, and what else there is to say in one line; may be empty
 */
public record Step(
        Kind kind,
        String phase,
        int wave,
        ObjectId object,
        int objects,
        ObjectReport.Result result,
        Duration start,
        Duration duration,
        String message) {

    /** What is done in a step. */
    public enum Kind {
        /** Objects are applied, and are healthy before the next wave begins. */
        WAVE,
        /** A hook is run. */
        HOOK,
        /** What left Git is deleted. */
        PRUNE
    }

    public Step {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(result, "result");
        start = start == null ? Duration.ZERO : start;
        duration = duration == null ? Duration.ZERO : duration;
        message = message == null ? "" : message;
    }

    /** As people call it: {@code wave -1}, {@code PreSync hook}, {@code prune}. */
    public String title() {
        return switch (kind) {
            case WAVE -> "wave " + wave;
            case HOOK -> phase + " hook";
            case PRUNE -> "prune";
        };
    }
}
