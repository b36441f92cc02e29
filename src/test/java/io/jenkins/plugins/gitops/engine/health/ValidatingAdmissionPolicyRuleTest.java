package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class ValidatingAdmissionPolicyRuleTest {

    private final HealthCases cases = HealthCases.read("validatingadmissionpolicy.yaml");

    @Test
    public void isHealthyAndTellsTheWarningsOfTheTypeChecker() {
        assertEquals(Health.healthy(), cases.assess("checked"));
        assertEquals(
                Health.healthy("type checking warns of spec.validations[0].expression (and 1 more):"
                        + " apps/v1, Kind=Deployment: ERROR: <input>:1:18: undefined field 'replica'"
                        + " | object.spec.replica > 1"),
                cases.assess("with-warnings"));
        assertEquals(
                Health.progressing("waiting for generation 2 to be observed"), cases.assess("changed-and-not-checked"));
    }
}
