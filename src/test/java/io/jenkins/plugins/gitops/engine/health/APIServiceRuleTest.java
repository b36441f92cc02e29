package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class APIServiceRuleTest {

    private final HealthCases cases = HealthCases.read("apiservice.yaml");

    @Test
    public void isHealthyWhenTheServerBehindItAnswers() {
        assertEquals(Health.healthy(), cases.assess("available"));
        assertEquals(Health.progressing("waiting to become available"), cases.assess("not-seen"));
        assertEquals(
                Health.progressing("waiting to become available;"
                        + " MissingEndpoints: endpoints for service/metrics have no addresses"),
                cases.assess("no-endpoints"));
    }
}
