package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class WorkflowRuleTest {

    private final HealthCases cases = HealthCases.read("argo.yaml");

    @Test
    public void isHealthyWhenItSucceeded() {
        assertEquals(Health.healthy(), cases.assess("workflow-succeeded"));
        assertEquals(Health.progressing("waiting for its completion"), cases.assess("workflow-not-seen"));
        assertEquals(Health.progressing("waiting for its completion; step 2"), cases.assess("workflow-running"));
        assertEquals(Health.failed("Failed: child failed"), cases.assess("workflow-failed"));
        assertEquals(Health.unknown("phase Paused"), cases.assess("workflow-odd"));
    }
}
