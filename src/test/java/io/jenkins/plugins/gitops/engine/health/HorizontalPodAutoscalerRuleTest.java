package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class HorizontalPodAutoscalerRuleTest {

    private final HealthCases cases = HealthCases.read("horizontalpodautoscaler.yaml");

    @Test
    public void isHealthyWhenItCanScale() {
        assertEquals(Health.healthy(), cases.assess("scaling"));
        assertEquals(Health.healthy(), cases.assess("target-at-zero"));
        assertEquals(Health.healthy(), cases.assess("v1-scaling"));
    }

    @Test
    public void isDegradedWhileItLacksMetricsOrItsTarget() {
        assertEquals(
                Health.degraded(
                        "cannot scale; FailedGetResourceMetric: the HPA was unable to compute the replica count:"
                                + " no metrics returned"),
                cases.assess("no-metrics"));
        assertEquals(Health.degraded("cannot scale; AmbiguousSelector"), cases.assess("shared-pods"));
        assertEquals(Health.degraded("cannot scale; FailedGetScale"), cases.assess("v1-no-target"));
    }

    @Test
    public void waitsForTheFirstLookAtItsTarget() {
        assertEquals(
                Health.progressing("waiting for the autoscaler to read the target's scale"), cases.assess("not-seen"));
        assertEquals(
                Health.progressing("waiting for generation 2 to be observed"), cases.assess("changed-and-not-seen"));
    }

    @Test
    public void isUnknownWhereTheAnnotationCannotBeRead() {
        assertEquals(HealthStatus.UNKNOWN, cases.assess("v1-not-json").status());
    }
}
