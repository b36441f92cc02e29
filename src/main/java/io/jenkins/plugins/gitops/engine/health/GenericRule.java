package io.jenkins.plugins.gitops.engine.health;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * For every kind without a rule of its own: by the conventions of the Kubernetes API and of kstatus and, where those say
 * nothing, by what custom kinds widely do. What it finds failed may recover, except {@code Stalled}, with which a
 * controller says that it gave up. An object that reports nothing is healthy once it exists, as in kstatus and Argo CD:
 * most kinds without a status are plain configuration and would be waited for in vain.
 */
final class GenericRule {

    /** Conditions that sum an object up, where it has no {@code Ready}: each one that is there must be True. */
    private static final List<String> SUMMARIES = List.of(
            "Available",
            "Healthy",
            "Synced",
            "Accepted",
            "Programmed",
            "Established",
            "Succeeded",
            "Complete",
            "Completed");

    /** Conditions that are bad news when True. */
    private static final Pattern ABNORMAL = Pattern.compile(".*(Fail|Error|Invalid).*|Degraded|NotReady");

    /** Reasons of a False condition that tell of a failure and not of a step on the way. */
    private static final Pattern FAILURE = Pattern.compile(".*(Fail|Err|Invalid|Denied|Rejected).*");

    Health assess(LiveObject live) {
        if (live.isTrue("/spec/suspend")) {
            return Health.suspended("spec.suspend is true");
        }
        if (live.isTrue("/spec/paused")) {
            return Health.suspended("paused (spec.paused)");
        }
        if (!Generations.isObserved(live)) {
            return Generations.waiting(live);
        }
        Conditions conditions = live.conditions();
        Optional<Condition> stalled = conditions.ifTrue("Stalled");
        if (stalled.isPresent()) {
            return Health.failed(stalled.get().explain("stalled"));
        }
        Optional<Condition> reconciling = conditions.ifTrue("Reconciling");
        if (reconciling.isPresent()) {
            return Health.progressing(reconciling.get().explain("reconciling"));
        }
        List<Condition> deciding = deciding(conditions);
        if (live.observedGeneration().isEmpty() && deciding.stream().anyMatch(c -> !Generations.isCurrent(live, c))) {
            return Generations.waiting(live);
        }
        Optional<Condition> unmet = deciding.stream().filter(c -> !c.isTrue()).findFirst();
        if (unmet.isEmpty() && conditions.ifTrue("Ready").isPresent()) {
            return Health.healthy();
        }
        Optional<Condition> failure =
                conditions.stream().filter(GenericRule::isFailure).findFirst();
        if (failure.isPresent()) {
            return Health.degraded(failure.get()
                    .explain(failure.get().type() + " is " + failure.get().status()));
        }
        return unmet.map(c -> Health.progressing(c.explain("waiting for " + c.type())))
                .orElseGet(() -> deciding.isEmpty() ? Phases.assess(live) : Health.healthy());
    }

    /** {@code Ready} alone, as in kstatus; {@code Synced} beside it says whether the declaration was taken over. */
    private static List<Condition> deciding(Conditions conditions) {
        List<String> types = conditions.find("Ready").isPresent() ? List.of("Synced", "Ready") : SUMMARIES;
        return types.stream().flatMap(type -> conditions.find(type).stream()).toList();
    }

    private static boolean isFailure(Condition condition) {
        if (condition.isTrue()) {
            return ABNORMAL.matcher(condition.type()).matches();
        }
        // For a task False is the end, as in Tekton and Knative: while it runs, Succeeded is Unknown.
        return condition.isFalse()
                && (condition.type().equals("Succeeded")
                        || FAILURE.matcher(condition.reason()).matches());
    }
}
