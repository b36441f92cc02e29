package io.jenkins.plugins.gitops.engine.apply;

import io.jenkins.plugins.gitops.engine.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Splits changes into the steps in which they are carried out. */
public final class Stages {

    private Stages() {}

    /**
     * Changes that may be carried out side by side.
     *
     * @param definitions whether others need them to exist before they can even be verified
     */
    public record Step(boolean definitions, List<Change> changes) {}

    /** The steps, in the order in which to apply them. */
    public static List<Step> of(List<Change> changes) {
        Map<Stage, List<Change>> stages = new TreeMap<>();
        for (Change change : changes) {
            stages.computeIfAbsent(Stage.of(change), stage -> new ArrayList<>()).add(change);
        }
        List<Step> steps = new ArrayList<>();
        stages.forEach((stage, members) -> steps.add(new Step(stage == Stage.DEFINITIONS, List.copyOf(members))));
        return steps;
    }

    /** The steps, in the order in which to prune them. */
    static List<Step> reversed(List<Change> changes) {
        List<Step> steps = new ArrayList<>(of(changes));
        java.util.Collections.reverse(steps);
        return steps;
    }
}
