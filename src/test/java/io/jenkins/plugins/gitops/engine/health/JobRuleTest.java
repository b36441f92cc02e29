package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class JobRuleTest {

    private final HealthCases cases = HealthCases.read("job.yaml");

    @Test
    public void isHealthyWhenComplete() {
        assertEquals(Health.healthy(), cases.assess("complete"));
    }

    @Test
    public void isNotHealthyWhileItRuns() {
        assertEquals(
                Health.progressing("running; 3 of 10 completions have succeeded, 2 active, 1 failed"),
                cases.assess("running"));
        assertEquals(Health.progressing("running; 0 pods have succeeded, 2 active"), cases.assess("work-queue"));
        assertEquals(Health.progressing("waiting to be started"), cases.assess("not-started"));
        assertEquals(Health.progressing("waiting to be started"), cases.assess("resumed-and-not-seen"));
    }

    @Test
    public void hasFailedForGood() {
        assertEquals(
                Health.failed("failed; BackoffLimitExceeded: Job has reached the specified backoff limit"),
                cases.assess("failed"));
        assertEquals(Health.failed("failed; DeadlineExceeded"), cases.assess("about-to-fail"));
    }

    @Test
    public void isSuspendedWhereItSaysSo() {
        assertEquals(HealthStatus.SUSPENDED, cases.assess("suspended").status());
    }

    @Test
    public void isDegradedButNotForGoodWhileItsPodCannotStart() {
        assertEquals(
                Health.degraded("running; 0 pods have succeeded, 2 active;"
                        + " pod running-x1: container task: ImagePullBackOff"),
                cases.assess("work-queue", cases.knowing("running-x1")));
    }
}
