package io.jenkins.plugins.gitops.engine.health;

/** What the kinds that keep a number of pods say while some are missing. */
final class Replicas {

    private Replicas() {}

    /** Such as {@code 2 of 3 replicas are available}. */
    static String count(long have, long want, String what) {
        return have + " of " + want + (want == 1 ? " replica is " : " replicas are ") + what;
    }

    static String stillToTerminate(long old) {
        return old + (old == 1 ? " old replica is" : " old replicas are") + " still to terminate";
    }

    static String untilDeleted(long old) {
        return old + (old == 1 ? " pod keeps" : " pods keep")
                + " the old revision until deleted (updateStrategy OnDelete)";
    }

    /** Progressing, or degraded where the API server refuses the pods: a quota, a policy, a missing service account. */
    static Health progressing(String waitingFor, Conditions conditions) {
        return conditions.ifTrue("ReplicaFailure").isPresent()
                ? Health.degraded(withReplicaFailure(waitingFor, conditions))
                : Health.progressing(waitingFor);
    }

    static String withReplicaFailure(String message, Conditions conditions) {
        return conditions
                .ifTrue("ReplicaFailure")
                .map(failure -> failure.explain(message))
                .orElse(message);
    }
}
