package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class BackendTLSPolicyRuleTest {

    private final HealthCases cases = HealthCases.read("backendtlspolicy.yaml");

    @Test
    public void isHealthyWhenEveryAncestorAcceptedIt() {
        assertEquals(Health.healthy(), cases.assess("accepted"));
        assertEquals(Health.progressing("waiting for Accepted"), cases.assess("not-seen"));
        assertEquals(
                Health.degraded("ancestor internal: Accepted is False; NoValidCACertificate"),
                cases.assess("refused-by-one"));
    }
}
