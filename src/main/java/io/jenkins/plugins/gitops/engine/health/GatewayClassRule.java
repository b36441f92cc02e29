package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Healthy when its controller accepted it. */
final class GatewayClassRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("GatewayClass.gateway.networking.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        return GatewayConditions.assessAccepted(live, live.at("/status/conditions"), "");
    }
}
