package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class PersistentVolumeRuleTest {

    private final HealthCases cases = HealthCases.read("persistentvolume.yaml");

    @Test
    public void isHealthyWhenItIsThereForAClaimOrWasUsedByOne() {
        assertEquals(Health.healthy(), cases.assess("available"));
        assertEquals(Health.healthy(), cases.assess("bound"));
        assertEquals(HealthStatus.HEALTHY, cases.assess("released").status());
    }

    @Test
    public void waitsToBecomeAvailable() {
        assertEquals(Health.progressing("waiting to become available"), cases.assess("pending"));
    }

    @Test
    public void isDegradedWhenItCouldNotBeReclaimed() {
        assertEquals(Health.degraded("could not be reclaimed; volume is still attached"), cases.assess("failed"));
    }
}
