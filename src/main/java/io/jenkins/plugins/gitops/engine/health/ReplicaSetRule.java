package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Every replica is there, ready and available, and none too many. */
final class ReplicaSetRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("ReplicaSet.apps");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isReported(live)) {
            return Generations.waitingForRollout(live);
        }
        Conditions conditions = live.conditions();
        Optional<String> missing = missing(live);
        Health health = missing.isPresent()
                ? Replicas.progressing(missing.get(), conditions)
                : conditions
                        .ifTrue("ReplicaFailure")
                        .map(failure -> Health.degraded(failure.explain("cannot create or delete pods")))
                        .orElse(Health.healthy());
        return WorkloadPods.explain(health, live, context);
    }

    private static Optional<String> missing(LiveObject live) {
        long desired = live.number("/spec/replicas", 1);
        long labeled = live.count("/status/fullyLabeledReplicas");
        if (labeled < desired) {
            return Optional.of(Replicas.count(labeled, desired, "created"));
        }
        long available = live.count("/status/availableReplicas");
        if (available < desired) {
            return Optional.of(Replicas.count(available, desired, "available"));
        }
        long ready = live.count("/status/readyReplicas");
        if (ready < desired) {
            return Optional.of(Replicas.count(ready, desired, "ready"));
        }
        long all = live.count("/status/replicas");
        return all > desired ? Optional.of(Replicas.stillToTerminate(all - desired)) : Optional.empty();
    }
}
