package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class ServiceRuleTest {

    private final HealthCases cases = HealthCases.read("service.yaml");

    @Test
    public void worksOnceItExistsUnlessItNeedsALoadBalancer() {
        assertEquals(Health.healthy(), cases.assess("cluster-ip"));
        assertEquals(Health.healthy(), cases.assess("headless"));
        assertEquals(Health.healthy(), cases.assess("external-name"));
    }

    @Test
    public void waitsForTheAddressOfItsLoadBalancer() {
        assertEquals(Health.healthy(), cases.assess("load-balancer"));
        assertEquals(
                Health.progressing("waiting for the load balancer's address"),
                cases.assess("load-balancer-without-address"));
        assertEquals(Health.progressing("waiting for a cluster IP"), cases.assess("load-balancer-without-cluster-ip"));
    }
}
