package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class GenericRuleTest {

    private final HealthCases cases = HealthCases.read("generic.yaml");

    @Test
    public void isHealthyOnceItExistsWhereItReportsNothing() {
        assertEquals(Health.healthy(), cases.assess("no-status"));
        assertEquals(Health.healthy(), cases.assess("config-map"));
        assertEquals(Health.healthy(), cases.assess("unknown-conditions"));
        assertEquals(Health.healthy(), cases.assess("conditions-in-a-map"));
    }

    @Test
    public void waitsForTheControllerToSeeTheChange() {
        assertEquals(Health.progressing("waiting for generation 1 to be observed"), cases.assess("not-seen"));
        Health waiting = Health.progressing("waiting for generation 2 to be observed");
        assertEquals(waiting, cases.assess("ready-of-an-older-generation"));
        assertEquals(waiting, cases.assess("condition-of-an-older-generation"));
        assertEquals(Health.healthy(), cases.assess("seen-and-condition-unchanged"));
    }

    @Test
    public void believesReadyMoreThanOtherConditions() {
        assertEquals(Health.healthy(), cases.assess("ready"));
        assertEquals(
                Health.progressing("waiting for Ready; Creating: creating the database"), cases.assess("not-ready"));
        assertEquals(Health.progressing("waiting for Ready; CheckFailed"), cases.assess("ready-unknown"));
    }

    @Test
    public void isDegradedButNotForGoodWhenTheReasonTellsOfAFailure() {
        assertEquals(Health.degraded("Ready is False; InstallFailed: timed out"), cases.assess("not-ready-by-failure"));
        assertEquals(
                Health.degraded("Synced is False; ReconcileError: access denied"),
                cases.assess("ready-but-not-synced"));
        assertEquals(Health.degraded("Advertised is False; AdvertiseError"), cases.assess("part-failed"));
        assertEquals(Health.degraded("Degraded is True; DiskFull"), cases.assess("degraded"));
        assertEquals(Health.degraded("Succeeded is False; TaskTimeout"), cases.assess("task-failed"));
    }

    @Test
    public void followsTheConditionsOfKstatus() {
        assertEquals(Health.failed("stalled; InvalidURL: no such host"), cases.assess("stalled"));
        assertEquals(Health.progressing("reconciling; Progressing: upgrading"), cases.assess("reconciling"));
    }

    @Test
    public void needsEverySummaryToBeTrueWhereThereIsNoReady() {
        assertEquals(Health.healthy(), cases.assess("available-and-synced"));
        assertEquals(Health.progressing("waiting for Healthy; Starting"), cases.assess("available-and-not-healthy"));
        assertEquals(Health.progressing("waiting for Succeeded; Running"), cases.assess("task-running"));
    }

    @Test
    public void readsAPhaseWhereThereAreNoConditions() {
        assertEquals(Health.degraded("phase Failed; out of credit"), cases.assess("phase-failed"));
        assertEquals(Health.progressing("phase Provisioning"), cases.assess("state-provisioning"));
        assertEquals(Health.healthy(), cases.assess("phase-running"));
    }

    @Test
    public void isSuspendedWhereItSaysSo() {
        assertEquals(Health.suspended("spec.suspend is true"), cases.assess("suspended"));
        assertEquals(Health.suspended("paused (spec.paused)"), cases.assess("paused"));
        assertEquals(Health.healthy(), cases.assess("paused-elsewhere"));
    }
}
