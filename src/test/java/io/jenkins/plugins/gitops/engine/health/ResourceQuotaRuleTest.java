package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class ResourceQuotaRuleTest {

    private static final Health WAITING = Health.progressing("waiting for the usage to be computed for its limits");

    private final HealthCases cases = HealthCases.read("resourcequota.yaml");

    @Test
    public void isHealthyWhenItsLimitsAreEnforcedEvenIfExceeded() {
        assertEquals(Health.healthy(), cases.assess("enforced"));
        assertEquals(Health.healthy(), cases.assess("without-limits"));
    }

    @Test
    public void waitsForTheUsageToBeComputed() {
        assertEquals(WAITING, cases.assess("not-seen"));
        assertEquals(WAITING, cases.assess("changed"));
    }
}
