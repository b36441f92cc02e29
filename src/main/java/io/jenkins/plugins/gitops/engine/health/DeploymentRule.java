package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Rolled out: every replica is updated, ready and available, no old one is left, and the controller says so. */
final class DeploymentRule implements HealthRule {

    /** What the controller takes for "no deadline": it then writes no Progressing condition. */
    private static final long NO_DEADLINE = Integer.MAX_VALUE;

    @Override
    public Set<String> groupKinds() {
        return Set.of("Deployment.apps");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (live.isTrue("/spec/paused")) {
            return Health.suspended("the rollout is paused (spec.paused)");
        }
        if (!Generations.isReported(live)) {
            return Generations.waitingForRollout(live);
        }
        return WorkloadPods.explain(rollout(live), live, context);
    }

    private static Health rollout(LiveObject live) {
        Conditions conditions = live.conditions();
        Optional<Condition> progressing = conditions.find("Progressing");
        if (progressing
                .map(Condition::reason)
                .filter("ProgressDeadlineExceeded"::equals)
                .isPresent()) {
            return Health.failed(
                    Replicas.withReplicaFailure(progressing.get().explain("the rollout has failed"), conditions));
        }
        Optional<String> missing = missing(live);
        if (missing.isPresent()) {
            return Replicas.progressing(missing.get(), conditions);
        }
        boolean deadline = live.number("/spec/progressDeadlineSeconds", NO_DEADLINE) != NO_DEADLINE;
        if (deadline
                && progressing
                        .filter(c -> c.isTrue() && c.reason().equals("NewReplicaSetAvailable"))
                        .isEmpty()) {
            return Health.progressing("waiting for the controller to report that the new ReplicaSet is available");
        }
        if (conditions.ifTrue("Available").isEmpty()) {
            return Health.progressing("waiting for the controller to report the Deployment as available");
        }
        return Health.healthy();
    }

    private static Optional<String> missing(LiveObject live) {
        long desired = live.number("/spec/replicas", 1);
        long all = live.count("/status/replicas");
        long updated = live.count("/status/updatedReplicas");
        if (updated < desired) {
            return Optional.of(Replicas.count(updated, desired, "updated"));
        }
        long old = Math.max(all - updated, all - desired);
        if (old > 0) {
            return Optional.of(Replicas.stillToTerminate(old));
        }
        long available = live.count("/status/availableReplicas");
        if (available < updated) {
            return Optional.of(Replicas.count(available, updated, "available"));
        }
        long ready = live.count("/status/readyReplicas");
        return ready < desired ? Optional.of(Replicas.count(ready, desired, "ready")) : Optional.empty();
    }
}
