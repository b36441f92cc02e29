package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class FlowSchemaRuleTest {

    private final HealthCases cases = HealthCases.read("flowschema.yaml");

    @Test
    public void isDegradedWhileItsPriorityLevelDoesNotExist() {
        assertEquals(Health.healthy(), cases.assess("found"));
        assertEquals(Health.healthy(), cases.assess("not-seen"));
        assertEquals(
                Health.degraded("dangling; NotFound: This FlowSchema references the PriorityLevelConfiguration object"
                        + " named \"slow\" but there is no such object"),
                cases.assess("dangling"));
    }
}
