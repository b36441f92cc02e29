package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Degraded while the priority level that it refers to does not exist: {@code Dangling} is good news when False. */
final class FlowSchemaRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("FlowSchema.flowcontrol.apiserver.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        return live.conditions()
                .ifTrue("Dangling")
                .map(c -> Health.degraded(c.explain("dangling")))
                .orElse(Health.healthy());
    }
}
