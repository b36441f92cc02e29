package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class GatewayClassRuleTest {

    private final HealthCases cases = HealthCases.read("gateway.yaml");

    @Test
    public void isHealthyWhenAccepted() {
        assertEquals(Health.healthy(), cases.assess("accepted-class"));
        assertEquals(
                Health.progressing("waiting for Accepted; Pending: Waiting for controller"), cases.assess("new-class"));
        assertEquals(
                Health.degraded("Accepted is False; InvalidParameters: no such ConfigMap"),
                cases.assess("refused-class"));
    }
}
