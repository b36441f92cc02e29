package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Rolled out: every node that needs a pod has an updated one that is ready and available. */
final class DaemonSetRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("DaemonSet.apps");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isReported(live) || live.number("/status/desiredNumberScheduled", -1) < 0) {
            return Generations.waitingForRollout(live);
        }
        return WorkloadPods.explain(rollout(live), live, context);
    }

    private static Health rollout(LiveObject live) {
        long desired = live.count("/status/desiredNumberScheduled");
        long scheduled = live.count("/status/currentNumberScheduled");
        if (scheduled < desired) {
            return waiting(scheduled, desired, "scheduled");
        }
        boolean onDelete = live.text("/spec/updateStrategy/type").equals("OnDelete");
        long updated = live.count("/status/updatedNumberScheduled");
        if (updated < desired && !onDelete) {
            return waiting(updated, desired, "updated");
        }
        long available = live.count("/status/numberAvailable");
        if (available < desired) {
            return waiting(available, desired, "available");
        }
        long ready = live.count("/status/numberReady");
        if (ready < desired) {
            return waiting(ready, desired, "ready");
        }
        if (desired == 0) {
            return Health.healthy("no node needs a pod");
        }
        return Health.healthy(updated < desired ? Replicas.untilDeleted(desired - updated) : "");
    }

    private static Health waiting(long have, long want, String what) {
        return Health.progressing(have + " of " + want + (want == 1 ? " pod is " : " pods are ") + what);
    }
}
