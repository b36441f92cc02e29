package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class NamespaceRuleTest {

    private final HealthCases cases = HealthCases.read("namespace.yaml");

    @Test
    public void isHealthyWhenActive() {
        assertEquals(Health.healthy(), cases.assess("active"));
        assertEquals(Health.progressing("waiting to become active"), cases.assess("not-seen"));
    }

    @Test
    public void tellsWhatKeepsItFromBeingDeleted() {
        assertEquals(
                Health.progressing("being deleted; Some resources are remaining: shops.example.org has 1 resource"
                        + " instances; Some content in the namespace has finalizers remaining: example.org/shop in 1"
                        + " resource instances"),
                cases.assess("terminating"));
    }
}
