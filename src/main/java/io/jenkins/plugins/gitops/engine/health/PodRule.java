package io.jenkins.plugins.gitops.engine.health;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A pod that is restarted for ever is healthy while it is ready; one that runs to completion is healthy when it
 * succeeded.
 */
final class PodRule implements HealthRule {

    /** How long a pod may be unschedulable before it counts as degraded: the window of kstatus. */
    static final Duration SCHEDULING = Duration.ofSeconds(15);

    private static final String IGNORE_RESTART_POLICY = "argocd.argoproj.io/ignore-restart-policy";

    @Override
    public Set<String> groupKinds() {
        return Set.of("Pod");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isObserved(live)) {
            return Generations.waiting(live);
        }
        return switch (live.text("/status/phase")) {
            case "Succeeded" -> Health.healthy();
            case "Failed" -> Health.failed(PodContainers.whyFailed(live));
            case "Running" -> PodContainers.trouble(live).orElseGet(() -> running(live));
            case "Pending" -> PodContainers.trouble(live).orElseGet(() -> pending(live, context));
            case "" -> Health.progressing("waiting for the scheduler to see the pod");
            default -> Health.unknown("its node does not report: phase " + live.text("/status/phase"));
        };
    }

    /** Whether none of its containers will ever run again. */
    static boolean hasEnded(LiveObject pod) {
        String phase = pod.text("/status/phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static Health running(LiveObject live) {
        if (runsToCompletion(live)) {
            return Health.progressing("running; waiting for its completion");
        }
        Optional<Condition> ready = live.conditions().find("Ready");
        if (ready.filter(Condition::isTrue).isPresent()) {
            return Health.healthy();
        }
        return PodContainers.restarted(live)
                .map(Health::degraded)
                .orElseGet(() -> Health.progressing(
                        ready.map(c -> c.explain("not ready")).orElse("waiting to become ready")));
    }

    private static Health pending(LiveObject live, HealthContext context) {
        Optional<Condition> unscheduled = live.conditions().ifFalse("PodScheduled");
        if (unscheduled.isEmpty()) {
            return Health.progressing(PodContainers.waitingFor(live));
        }
        String reason = unscheduled.get().reason();
        if (reason.equals("SchedulingGated")) {
            return Health.progressing("waiting for its scheduling gates to be removed");
        }
        return reason.equals("Unschedulable") && !live.isYoungerThan(SCHEDULING, context.now())
                ? Health.degraded(unscheduled.get().explain("cannot be scheduled"))
                : Health.progressing(unscheduled.get().explain("waiting to be scheduled"));
    }

    private static boolean runsToCompletion(LiveObject live) {
        if (live.text("/spec/restartPolicy", "Always").equals("Always")) {
            return false;
        }
        // As in Argo CD, for operators that run servers in such pods. A hook is over when its pod is.
        boolean isHook = !live.annotation("argocd.argoproj.io/hook").isEmpty()
                || !live.annotation("helm.sh/hook").isEmpty();
        return isHook || !live.annotation(IGNORE_RESTART_POLICY).equals("true");
    }
}
