package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import java.util.Set;
import org.junit.Test;

public class HealthRulesTest {

    private final HealthCases cases = HealthCases.read("any.yaml");

    @Test
    public void whatIsNotInTheClusterIsMissing() {
        assertEquals(HealthStatus.MISSING, HealthRules.standard().assess(null).status());
    }

    @Test
    public void whatIsBeingDeletedIsProgressingWhateverItsKind() {
        assertEquals(Health.progressing("being deleted"), cases.assess("being-deleted"));
        assertEquals(
                Health.progressing("being deleted; waiting for the finalizers example.org/bucket, foregroundDeletion"),
                cases.assess("held-by-finalizers"));
    }

    @Test
    public void aRuleIsForAKindOfItsOwnGroup() {
        assertEquals(HealthStatus.PROGRESSING, cases.assess("load-balancer").status());
        assertEquals(Health.healthy(), cases.assess("of-another-group"));
    }

    @Test
    public void aRuleThatIsAddedTakesItsKindOver() {
        HealthRule rule = new HealthRule() {
            @Override
            public Set<String> groupKinds() {
                return Set.of("Service", "Shop.example.org");
            }

            @Override
            public Health assess(LiveObject live, HealthContext context) {
                return Health.degraded(live.groupKind());
            }
        };
        HealthRules extended = HealthRules.standard().with(rule);
        assertEquals(Health.degraded("Service"), extended.assess(cases.get("load-balancer")));
        assertEquals(Health.healthy(), extended.assess(cases.get("of-another-group")));
        assertEquals(
                "the standard rules stay as they were",
                HealthStatus.PROGRESSING,
                HealthRules.standard().assess(cases.get("load-balancer")).status());
        assertEquals(
                "a rule is not asked about what is being deleted",
                HealthStatus.PROGRESSING,
                extended.assess(cases.get("held-by-finalizers")).status());
    }
}
