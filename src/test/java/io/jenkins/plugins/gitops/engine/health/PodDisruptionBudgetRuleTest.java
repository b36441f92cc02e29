package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class PodDisruptionBudgetRuleTest {

    private final HealthCases cases = HealthCases.read("poddisruptionbudget.yaml");

    @Test
    public void isHealthyOnceComputedWhateverItAllows() {
        assertEquals(Health.healthy(), cases.assess("allows"));
        assertEquals(Health.healthy(), cases.assess("allows-none"));
        assertEquals(Health.progressing("waiting for generation 1 to be observed"), cases.assess("not-seen"));
    }

    @Test
    public void isDegradedWhileItCannotBeComputed() {
        assertEquals(
                Health.degraded("cannot be computed; SyncFailed: found no controllers for pod \"web-1\""),
                cases.assess("not-computed"));
    }
}
