package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class CronJobRuleTest {

    private final HealthCases cases = HealthCases.read("cronjob.yaml");

    @Test
    public void isHealthyWhateverItsRunsDo() {
        assertEquals(Health.healthy("has not run yet"), cases.assess("never-ran"));
        assertEquals(Health.healthy(), cases.assess("succeeded"));
        assertEquals(Health.healthy(), cases.assess("running"));
    }

    @Test
    public void tellsThatTheLastRunDidNotSucceed() {
        Health expected = Health.healthy("the run of 2026-03-01T03:00:00Z did not succeed");
        assertEquals(expected, cases.assess("last-run-failed"));
        assertEquals(expected, cases.assess("never-succeeded"));
    }

    @Test
    public void isSuspendedWhereItSaysSo() {
        assertEquals(HealthStatus.SUSPENDED, cases.assess("suspended").status());
    }
}
