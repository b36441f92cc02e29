package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Healthy when the aggregated API server behind it answers. */
final class APIServiceRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("APIService.apiregistration.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Optional<Condition> available = live.conditions().find("Available");
        if (available.filter(Condition::isTrue).isPresent()) {
            return Health.healthy();
        }
        String waiting = "waiting to become available";
        return Health.progressing(available.map(c -> c.explain(waiting)).orElse(waiting));
    }
}
