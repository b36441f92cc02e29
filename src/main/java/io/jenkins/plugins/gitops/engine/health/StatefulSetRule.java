package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/**
 * Rolled out: every replica is ready and available, none is left over, and those that the update strategy replaces have
 * the updated revision.
 */
final class StatefulSetRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("StatefulSet.apps");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isReported(live)) {
            return Generations.waitingForRollout(live);
        }
        Optional<String> missing = missing(live);
        if (missing.isPresent()) {
            return WorkloadPods.explain(Health.progressing(missing.get()), live, context);
        }
        if (live.text("/spec/updateStrategy/type").equals("OnDelete")) {
            return onDelete(live);
        }
        return WorkloadPods.explain(revision(live), live, context);
    }

    private static Optional<String> missing(LiveObject live) {
        long desired = live.number("/spec/replicas", 1);
        long all = live.count("/status/replicas");
        if (all < desired) {
            return Optional.of(Replicas.count(all, desired, "created"));
        }
        long ready = live.count("/status/readyReplicas");
        if (ready < desired) {
            return Optional.of(Replicas.count(ready, desired, "ready"));
        }
        // The field is there since Kubernetes 1.22; it counts minReadySeconds in.
        long available = live.number("/status/availableReplicas", ready);
        if (available < desired) {
            return Optional.of(Replicas.count(available, desired, "available"));
        }
        return all > desired ? Optional.of(Replicas.stillToTerminate(all - desired)) : Optional.empty();
    }

    /** Whoever chose OnDelete replaces the pods by hand, so nobody waits for it. */
    private static Health onDelete(LiveObject live) {
        long old = isRolling(live) ? live.count("/status/replicas") - live.count("/status/updatedReplicas") : 0;
        return Health.healthy(old <= 0 ? "" : Replicas.untilDeleted(old));
    }

    private static Health revision(LiveObject live) {
        long desired = live.number("/spec/replicas", 1);
        long updated = live.count("/status/updatedReplicas");
        if (!isRolling(live)) {
            // One revision: both counts are of the same pods, and an old API server reports one of them alone.
            long current = Math.max(live.count("/status/currentReplicas"), updated);
            return current < desired ? updated(current, desired) : Health.healthy();
        }
        long partition = live.count("/spec/updateStrategy/rollingUpdate/partition");
        long target = Math.max(0, desired - partition);
        if (updated < target) {
            return updated(updated, target);
        }
        if (partition == 0) {
            return Health.progressing("waiting for the controller to report revision "
                    + live.text("/status/updateRevision") + " as complete");
        }
        return Health.healthy("partition " + partition + ": " + updated + " of " + desired + " replicas are updated");
    }

    private static boolean isRolling(LiveObject live) {
        return !live.text("/status/currentRevision").equals(live.text("/status/updateRevision"));
    }

    private static Health updated(long have, long want) {
        return Health.progressing(Replicas.count(have, want, "updated"));
    }
}
