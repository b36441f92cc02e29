package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Healthy when addresses may be taken from it. */
final class ServiceCIDRRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("ServiceCIDR.networking.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Optional<Condition> ready = live.conditions().find("Ready");
        if (ready.filter(Condition::isTrue).isPresent()) {
            return Health.healthy();
        }
        String waiting = "waiting to become ready";
        return Health.progressing(ready.map(c -> c.explain(waiting)).orElse(waiting));
    }
}
