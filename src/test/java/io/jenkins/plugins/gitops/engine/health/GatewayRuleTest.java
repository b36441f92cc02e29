package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class GatewayRuleTest {

    private final HealthCases cases = HealthCases.read("gateway.yaml");

    @Test
    public void isHealthyWhenItAndItsListenersAreProgrammed() {
        assertEquals(Health.healthy(), cases.assess("programmed"));
    }

    @Test
    public void waitsForItsController() {
        assertEquals(Health.progressing("waiting for Accepted"), cases.assess("not-seen"));
        assertEquals(
                Health.progressing("waiting for generation 3 to be observed"), cases.assess("changed-and-not-seen"));
        assertEquals(Health.progressing("waiting for Programmed; AddressNotAssigned"), cases.assess("without-address"));
    }

    @Test
    public void isDegradedWhenAListenerLacksItsCertificate() {
        assertEquals(
                Health.degraded(
                        "listener https: ResolvedRefs is False; InvalidCertificateRef: Secret shop/tls not found"),
                cases.assess("listener-without-certificate"));
    }
}
