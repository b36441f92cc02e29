package io.jenkins.plugins.gitops.engine.health;

import java.util.OptionalLong;

/** Whether a status tells of the object as it is now, or of an earlier one. */
final class Generations {

    private Generations() {}

    /**
     * Whether the controller has seen the current generation. An object without {@code status.observedGeneration} cannot
     * tell and counts as seen.
     */
    static boolean isObserved(LiveObject live) {
        OptionalLong observed = live.observedGeneration();
        return observed.isEmpty() || isCurrent(live, observed);
    }

    /** The same for kinds whose controller always writes it: as long as it is absent, nobody has looked. */
    static boolean isReported(LiveObject live) {
        OptionalLong observed = live.observedGeneration();
        return observed.isPresent() && isCurrent(live, observed);
    }

    /** Whether a condition tells of the current generation, or does not say. */
    static boolean isCurrent(LiveObject live, Condition condition) {
        return condition.observedGeneration().isEmpty() || isCurrent(live, condition.observedGeneration());
    }

    static Health waiting(LiveObject live) {
        return Health.progressing("waiting for " + generation(live) + " to be observed");
    }

    static Health waitingForRollout(LiveObject live) {
        return Health.progressing("waiting for the rollout of " + generation(live) + " to be observed");
    }

    private static boolean isCurrent(LiveObject live, OptionalLong observed) {
        OptionalLong generation = live.generation();
        return generation.isEmpty() || generation.getAsLong() == observed.getAsLong();
    }

    private static String generation(LiveObject live) {
        return live.generation().isPresent() ? "generation " + live.generation().getAsLong() : "its generation";
    }
}
