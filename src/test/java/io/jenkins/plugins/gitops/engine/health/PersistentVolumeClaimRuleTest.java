package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class PersistentVolumeClaimRuleTest {

    private final HealthCases cases = HealthCases.read("persistentvolumeclaim.yaml");
    private final HealthContext classes = cases.knowing("on-first-use", "immediate");

    @Test
    public void isHealthyWhenBound() {
        assertEquals(Health.healthy(), cases.assess("bound"));
    }

    @Test
    public void waitsToBeBound() {
        assertEquals(
                Health.progressing("waiting to be bound, phase Pending, storage class immediate"),
                cases.assess("pending", classes));
        assertEquals(
                Health.progressing("waiting to be bound, phase Pending"),
                cases.assess("pending-without-class", classes));
        assertEquals(Health.progressing("waiting to be bound"), cases.assess("not-seen", classes));
    }

    @Test
    public void isHealthyWhileItsClassWaitsForTheFirstPod() {
        assertEquals(
                Health.healthy("not bound; its storage class waits for the first pod that uses it"),
                cases.assess("unused", classes));
        assertEquals(
                Health.progressing("waiting to be bound, phase Pending, storage class on-first-use"),
                cases.assess("used", classes));
    }

    @Test
    public void isStrictWhereTheClassIsNotKnown() {
        assertEquals(HealthStatus.PROGRESSING, cases.assess("unused").status());
    }

    @Test
    public void hasFailedForGoodWhenItsVolumeIsLost() {
        assertEquals(Health.failed("its volume pv-1 is lost"), cases.assess("lost"));
    }

    @Test
    public void waitsForTheChangeOfItsVolume() {
        assertEquals(Health.progressing("waiting for the change of its volume"), cases.assess("growing"));
        assertEquals(
                Health.healthy("bound; the file system grows when a pod next mounts it"),
                cases.assess("grows-with-the-next-pod"));
        assertEquals(
                Health.degraded("its volume cannot be changed; quota exceeded in zone"), cases.assess("cannot-grow"));
        assertEquals(
                Health.degraded("its new size is refused: ControllerResizeInfeasible"),
                cases.assess("cannot-grow-at-all"));
    }
}
