package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class CustomResourceDefinitionRuleTest {

    private final HealthCases cases = HealthCases.read("customresourcedefinition.yaml");

    @Test
    public void isHealthyWhenEstablished() {
        assertEquals(Health.healthy(), cases.assess("established"));
        assertEquals(Health.progressing("waiting to be established"), cases.assess("not-seen"));
        assertEquals(Health.progressing("waiting to be established"), cases.assess("installing"));
    }

    @Test
    public void hasFailedWhenItsNamesAreTaken() {
        assertEquals(
                Health.failed("its names are not accepted; PluralConflict: \"shops\" is already in use"),
                cases.assess("names-taken"));
        assertEquals(
                Health.failed("not established; NotAccepted: not all names are accepted"),
                cases.assess("not-established"));
    }
}
