package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class ReplicaSetRuleTest {

    private final HealthCases cases = HealthCases.read("replicaset.yaml");

    @Test
    public void isHealthyWhenEveryReplicaIsAvailable() {
        assertEquals(Health.healthy(), cases.assess("complete"));
        assertEquals(Health.healthy(), cases.assess("complete-controller"));
    }

    @Test
    public void countsTheReplicasThatAreMissing() {
        assertEquals(
                Health.progressing("waiting for the rollout of generation 1 to be observed"),
                cases.assess("just-created"));
        assertEquals(Health.progressing("1 of 2 replicas are created"), cases.assess("starting"));
        assertEquals(Health.progressing("1 of 2 replicas are ready"), cases.assess("not-ready"));
        assertEquals(Health.progressing("0 of 1 replica is available"), cases.assess("incomplete-controller"));
        assertEquals(Health.progressing("2 old replicas are still to terminate"), cases.assess("scaling-down"));
    }

    @Test
    public void isDegradedWhileItsPodsAreRefused() {
        assertEquals(
                Health.degraded("0 of 2 replicas are created; FailedCreate: serviceaccount \"shop\" not found"),
                cases.assess("pods-refused"));
        assertEquals(Health.degraded("cannot create or delete pods; FailedDelete"), cases.assess("pods-not-deleted"));
    }
}
