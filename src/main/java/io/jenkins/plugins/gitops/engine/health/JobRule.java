package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Healthy when it completed; running is not enough. */
final class JobRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Job.batch");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Conditions conditions = live.conditions();
        if (conditions.ifTrue("Complete").isPresent()) {
            return Health.healthy();
        }
        // FailureTarget: the Job has failed and only waits for its last pods to stop.
        Optional<Condition> failed = conditions.ifTrue("Failed").or(() -> conditions.ifTrue("FailureTarget"));
        if (failed.isPresent()) {
            return WorkloadPods.explainFailure(Health.failed(failed.get().explain("failed")), live, context);
        }
        if (live.isTrue("/spec/suspend") && conditions.ifTrue("Suspended").isPresent()) {
            return Health.suspended("spec.suspend is true");
        }
        if (live.text("/status/startTime").isEmpty()) {
            return Health.progressing("waiting to be started");
        }
        return WorkloadPods.explain(Health.progressing("running; " + progress(live)), live, context);
    }

    private static String progress(LiveObject live) {
        long succeeded = live.count("/status/succeeded");
        long completions = live.number("/spec/completions", 0);
        long failed = live.count("/status/failed");
        return (completions == 0 ? succeeded + " pods have" : succeeded + " of " + completions + " completions have")
                + " succeeded, " + live.count("/status/active") + " active"
                + (failed == 0 ? "" : ", " + failed + " failed");
    }
}
