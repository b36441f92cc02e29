package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class DaemonSetRuleTest {

    private final HealthCases cases = HealthCases.read("daemonset.yaml");

    @Test
    public void isHealthyWhenEveryNodeThatNeedsAPodHasAnUpdatedOne() {
        assertEquals(Health.healthy(), cases.assess("rolled-out"));
        assertEquals(Health.healthy("no node needs a pod"), cases.assess("no-node-fits"));
    }

    @Test
    public void doesNotTakeTheZeroOfANewOneForNoNode() {
        assertEquals(
                Health.progressing("waiting for the rollout of generation 1 to be observed"),
                cases.assess("just-created"));
    }

    @Test
    public void countsThePodsThatAreMissing() {
        assertEquals(Health.progressing("1 of 4 pods are scheduled"), cases.assess("not-all-scheduled"));
        assertEquals(Health.progressing("2 of 4 pods are updated"), cases.assess("not-all-updated"));
        assertEquals(Health.progressing("0 of 1 pod is available"), cases.assess("not-all-available"));
        assertEquals(Health.progressing("2 of 4 pods are ready"), cases.assess("not-all-ready"));
    }

    @Test
    public void needsAvailablePodsButNoUpdatedOnesWithOnDelete() {
        assertEquals(
                Health.healthy("1 pod keeps the old revision until deleted (updateStrategy OnDelete)"),
                cases.assess("on-delete"));
        assertEquals(Health.progressing("3 of 4 pods are available"), cases.assess("on-delete-not-available"));
    }
}
