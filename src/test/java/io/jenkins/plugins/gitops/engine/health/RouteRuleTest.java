package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class RouteRuleTest {

    private final HealthCases cases = HealthCases.read("route.yaml");

    @Test
    public void isHealthyWhenEveryParentThatItNamesAcceptedIt() {
        assertEquals(Health.healthy(), cases.assess("accepted"));
        assertEquals(Health.healthy(), cases.assess("without-parents"));
    }

    @Test
    public void waitsForEachParent() {
        assertEquals(Health.progressing("parent public: waiting for Accepted"), cases.assess("not-seen"));
        assertEquals(
                Health.progressing("parent public: waiting for generation 2 to be observed"),
                cases.assess("changed-and-not-seen"));
        assertEquals(
                Health.progressing("parent internal: waiting for Accepted"), cases.assess("accepted-by-one-of-two"));
    }

    @Test
    public void isDegradedWhileItsBackendIsMissing() {
        assertEquals(
                Health.degraded("parent public: ResolvedRefs is False; BackendNotFound: Service shop/web not found"),
                cases.assess("without-backend"));
    }
}
