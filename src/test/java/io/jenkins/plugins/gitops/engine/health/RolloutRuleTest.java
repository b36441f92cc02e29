package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class RolloutRuleTest {

    private final HealthCases cases = HealthCases.read("argo.yaml");

    @Test
    public void isWhatItsPhaseSays() {
        assertEquals(Health.healthy(), cases.assess("rollout-healthy"));
        assertEquals(
                Health.progressing("Progressing: more replicas need to be updated"),
                cases.assess("rollout-progressing"));
        assertEquals(Health.suspended("Paused: CanaryPauseStep"), cases.assess("rollout-paused"));
        assertEquals(
                Health.failed("Degraded: RolloutAborted: Rollout aborted update to revision 3"),
                cases.assess("rollout-aborted"));
    }

    @Test
    public void readsTheObservedGenerationThatIsAText() {
        assertEquals(
                Health.progressing("waiting for the rollout of generation 4 to be observed"),
                cases.assess("rollout-not-seen"));
    }
}
