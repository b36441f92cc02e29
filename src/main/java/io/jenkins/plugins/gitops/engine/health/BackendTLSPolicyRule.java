package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Healthy when every ancestor that reports on it has accepted it, and at least one does. */
final class BackendTLSPolicyRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("BackendTLSPolicy.gateway.networking.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        JsonNode ancestors = live.at("/status/ancestors");
        if (ancestors.isEmpty()) {
            return Health.progressing("waiting for Accepted");
        }
        return GatewayConditions.worst(StreamSupport.stream(ancestors.spliterator(), false)
                .map(ancestor -> GatewayConditions.assessAccepted(
                        live,
                        ancestor.path("conditions"),
                        "ancestor " + ancestor.at("/ancestorRef/name").asText("") + ": ")));
    }
}
