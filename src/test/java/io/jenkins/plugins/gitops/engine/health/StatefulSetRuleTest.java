package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class StatefulSetRuleTest {

    private final HealthCases cases = HealthCases.read("statefulset.yaml");

    @Test
    public void isHealthyWhenEveryReplicaHasTheUpdatedRevision() {
        assertEquals(Health.healthy(), cases.assess("rolled-out"));
        assertEquals(Health.healthy(), cases.assess("scaled-to-zero"));
    }

    @Test
    public void waitsForTheControllerToSeeItEvenWithOnDelete() {
        assertEquals(
                Health.progressing("waiting for the rollout of generation 1 to be observed"),
                cases.assess("just-created"));
    }

    @Test
    public void countsTheReplicasThatAreMissing() {
        assertEquals(Health.progressing("1 of 3 replicas are created"), cases.assess("starting"));
        assertEquals(Health.progressing("1 of 2 replicas are ready"), cases.assess("one-not-ready"));
        assertEquals(Health.progressing("1 of 2 replicas are available"), cases.assess("ready-for-too-short"));
        assertEquals(Health.progressing("1 old replica is still to terminate"), cases.assess("scaling-down"));
        assertEquals(Health.progressing("1 of 3 replicas are updated"), cases.assess("rolling"));
    }

    @Test
    public void waitsForTheControllerToConclude() {
        assertEquals(
                Health.progressing("waiting for the controller to report revision db-9c21 as complete"),
                cases.assess("controller-has-not-concluded"));
    }

    @Test
    public void leavesTheReplicasBelowThePartitionAlone() {
        assertEquals(Health.progressing("1 of 2 replicas are updated"), cases.assess("partition-rolling"));
        assertEquals(Health.healthy("partition 2: 1 of 3 replicas are updated"), cases.assess("partition-done"));
    }

    @Test
    public void needsReadyPodsButNoUpdatedOnesWithOnDelete() {
        assertEquals(
                Health.healthy("2 pods keep the old revision until deleted (updateStrategy OnDelete)"),
                cases.assess("on-delete"));
        assertEquals(Health.progressing("2 of 3 replicas are ready"), cases.assess("on-delete-not-ready"));
    }

    @Test
    public void tellsWhichPodHoldsItUp() {
        assertEquals(
                Health.degraded("1 of 2 replicas are ready; pod db-1: container postgres: CrashLoopBackOff:"
                        + " back-off 2m40s restarting failed container"),
                cases.assess("one-not-ready", cases.knowing("db-1")));
    }
}
