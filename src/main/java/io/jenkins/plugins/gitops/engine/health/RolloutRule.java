package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** A Rollout of Argo Rollouts, whose controller sums it up in a phase. */
final class RolloutRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Rollout.argoproj.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isReported(live)) {
            return Generations.waitingForRollout(live);
        }
        String phase = live.text("/status/phase");
        String message = live.text("/status/message");
        String why = phase + (message.isEmpty() ? "" : ": " + message);
        return switch (phase) {
            case "Healthy" -> Health.healthy();
            case "Paused" -> Health.suspended(why);
            // Aborted, timed out or of an invalid spec: it stays so until somebody retries or changes it.
            case "Degraded" -> WorkloadPods.explain(Health.failed(why), live, context);
            default ->
                WorkloadPods.explain(
                        Health.progressing(phase.isEmpty() ? "waiting for its phase" : why), live, context);
        };
    }
}
