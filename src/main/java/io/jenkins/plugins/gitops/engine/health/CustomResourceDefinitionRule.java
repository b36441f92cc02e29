package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Healthy when the API server serves it. */
final class CustomResourceDefinitionRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("CustomResourceDefinition.apiextensions.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Conditions conditions = live.conditions();
        Optional<Condition> refused = conditions.ifFalse("NamesAccepted");
        if (refused.isPresent()) {
            return Health.failed(refused.get().explain("its names are not accepted"));
        }
        Optional<Condition> established = conditions.find("Established");
        if (established.filter(Condition::isTrue).isPresent()) {
            return Health.healthy();
        }
        return established
                .filter(c -> c.isFalse() && !c.reason().equals("Installing"))
                .map(c -> Health.failed(c.explain("not established")))
                .orElse(Health.progressing("waiting to be established"));
    }
}
