package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import org.junit.Test;

public class PodRuleTest {

    private final HealthCases cases = HealthCases.read("pod.yaml");

    @Test
    public void isHealthyWhenReadyHoweverOftenItWasRestarted() {
        assertEquals(Health.healthy(), cases.assess("ready"));
    }

    @Test
    public void waitsToBecomeReady() {
        assertEquals(
                Health.progressing("not ready; ContainersNotReady: containers with unready status: [web]"),
                cases.assess("not-ready"));
        assertEquals(Health.progressing("waiting for the scheduler to see the pod"), cases.assess("not-seen"));
        assertEquals(
                Health.progressing("waiting for generation 2 to be observed"), cases.assess("resized-and-not-seen"));
        assertEquals(Health.progressing("container web: ContainerCreating"), cases.assess("starting"));
        assertEquals(Health.progressing("waiting for its containers to start"), cases.assess("scheduled-just-now"));
        assertEquals(Health.progressing("waiting for init container migrate"), cases.assess("initializing"));
    }

    @Test
    public void isDegradedWhenAContainerEndedAndTheRestartedOneIsNotReady() {
        assertEquals(
                Health.degraded("not ready; container web exited with code 137 (OOMKilled), 2 restarts"),
                cases.assess("not-ready-after-restart"));
    }

    @Test
    public void givesTheSchedulerFifteenSeconds() {
        assertEquals(
                Health.degraded("cannot be scheduled; Unschedulable: 0/3 nodes are available: 3 Insufficient cpu"),
                cases.assess("unschedulable"));
        assertEquals(
                Health.degraded("cannot be scheduled; Unschedulable"),
                cases.assess("unschedulable-since-nobody-knows"));
        assertEquals(
                Health.progressing("waiting to be scheduled; Unschedulable: 0/3 nodes are available"),
                cases.assess("unschedulable-for-a-moment"));
        assertEquals(Health.progressing("waiting for its scheduling gates to be removed"), cases.assess("gated"));
    }

    @Test
    public void isDegradedButNotForGoodWhileAContainerCannotStart() {
        assertEquals(
                Health.degraded("container web: CrashLoopBackOff: back-off 5m0s restarting failed container"),
                cases.assess("crash-loop"));
        assertEquals(
                Health.degraded("init container migrate: CrashLoopBackOff: back-off 10s"),
                cases.assess("init-crash-loop"));
        assertEquals(Health.degraded("init container migrate exited with code 2 (Error)"), cases.assess("init-failed"));
        assertEquals(
                Health.degraded("container web: CreateContainerConfigError: secret \"db\" not found"),
                cases.assess("missing-config"));
        assertEquals(Health.degraded("container task: ErrImagePull: not found"), cases.assess("image-pull-of-a-task"));
    }

    @Test
    public void hasFailedForGoodWhenNothingWillRunAgain() {
        assertEquals(Health.failed("failed; container task exited with code 3 (Error)"), cases.assess("failed"));
        assertEquals(Health.failed("failed"), cases.assess("failed-without-a-word"));
        assertEquals(
                Health.failed("failed; Evicted: The node was low on resource: memory. Threshold quantity: 100Mi."),
                cases.assess("evicted"));
        assertEquals(
                Health.failed("container web: InvalidImageName: couldn't parse image name \"Shop:2\""),
                cases.assess("invalid-image"));
    }

    @Test
    public void neverRepeatsATerminationMessage() {
        for (String name : new String[] {"failed", "not-ready-after-restart"}) {
            assertFalse(cases.assess(name).message().contains("s3cr3t"));
        }
    }

    @Test
    public void runsToCompletionUnlessItIsRestartedForEver() {
        assertEquals(Health.healthy(), cases.assess("succeeded"));
        assertEquals(Health.progressing("running; waiting for its completion"), cases.assess("task"));
        assertEquals(Health.healthy(), cases.assess("server-with-never"));
        assertEquals(Health.progressing("running; waiting for its completion"), cases.assess("hook-with-never"));
    }

    @Test
    public void isUnknownWhenItsNodeIsLost() {
        assertEquals(HealthStatus.UNKNOWN, cases.assess("node-lost").status());
    }
}
