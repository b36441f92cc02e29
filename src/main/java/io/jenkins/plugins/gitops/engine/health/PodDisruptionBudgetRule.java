package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Healthy once it is computed. That it allows no disruption right now is no fault of it. */
final class PodDisruptionBudgetRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("PodDisruptionBudget.policy");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isReported(live)) {
            return Generations.waiting(live);
        }
        Optional<Condition> failure = live.conditions()
                .ifFalse("DisruptionAllowed")
                .filter(c -> c.reason().equals("SyncFailed"));
        return failure.map(c -> Health.degraded(c.explain("cannot be computed")))
                .orElse(Health.healthy());
    }
}
