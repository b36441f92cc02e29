package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class DeploymentRuleTest {

    private final HealthCases cases = HealthCases.read("deployment.yaml");

    @Test
    public void isHealthyWhenEveryReplicaIsUpdatedAndAvailable() {
        assertEquals(Health.healthy(), cases.assess("rolled-out"));
        assertEquals(Health.healthy(), cases.assess("scaled-to-zero"));
        assertEquals(Health.healthy(), cases.assess("no-deadline"));
    }

    @Test
    public void waitsForTheControllerToSeeTheChange() {
        assertEquals(
                Health.progressing("waiting for the rollout of generation 1 to be observed"),
                cases.assess("just-created"));
        assertEquals(
                Health.progressing("waiting for the rollout of generation 5 to be observed"),
                cases.assess("changed-and-not-seen"));
    }

    @Test
    public void countsTheReplicasThatAreMissing() {
        assertEquals(Health.progressing("2 of 4 replicas are updated"), cases.assess("half-updated"));
        assertEquals(Health.progressing("1 old replica is still to terminate"), cases.assess("old-replica-left"));
        assertEquals(Health.progressing("2 old replicas are still to terminate"), cases.assess("scaling-down"));
        assertEquals(Health.progressing("2 of 3 replicas are available"), cases.assess("not-all-available"));
    }

    @Test
    public void believesTheCountsOnlyWhenTheControllerConcluded() {
        assertEquals(
                Health.progressing("waiting for the controller to report that the new ReplicaSet is available"),
                cases.assess("controller-has-not-concluded"));
        assertEquals(
                Health.progressing("waiting for the controller to report the Deployment as available"),
                cases.assess("reported-unavailable"));
    }

    @Test
    public void isSuspendedWhilePaused() {
        assertEquals(HealthStatus.SUSPENDED, cases.assess("paused").status());
    }

    @Test
    public void hasFailedForGoodWhenItsDeadlineIsExceeded() {
        assertEquals(
                Health.failed("the rollout has failed; ProgressDeadlineExceeded:"
                        + " ReplicaSet \"shop-5d8f\" has timed out progressing"),
                cases.assess("deadline-exceeded"));
    }

    @Test
    public void isDegradedWhileItsPodsAreRefused() {
        assertEquals(
                Health.degraded("0 of 2 replicas are updated; FailedCreate:"
                        + " pods \"shop-5d8f-\" is forbidden: exceeded quota: team"),
                cases.assess("over-quota"));
    }

    @Test
    public void tellsWhichPodHoldsItUp() {
        assertEquals(
                Health.degraded("2 of 3 replicas are available; pod shop-5d8f-abcde: container web: ImagePullBackOff:"
                        + " Back-off pulling image \"example.org/shop:2\" (and 1 more)"),
                cases.assess("not-all-available", cases.knowing("shop-5d8f-abcde", "shop-5d8f-fghij")));
        assertEquals(
                Health.failed("the rollout has failed; ProgressDeadlineExceeded: ReplicaSet \"shop-5d8f\" has timed out"
                        + " progressing; pod shop-5d8f-fghij: container web: ImagePullBackOff"),
                cases.assess("deadline-exceeded", cases.knowing("shop-5d8f-fghij")));
    }

    @Test
    public void doesNotMindPodsThatAreGoneOrGoing() {
        assertEquals(
                Health.progressing("2 of 3 replicas are available"),
                cases.assess("not-all-available", cases.knowing("shop-5d8f-evicted", "shop-5d8f-leaving")));
        assertEquals(Health.healthy(), cases.assess("rolled-out", cases.knowing("shop-5d8f-abcde")));
    }
}
