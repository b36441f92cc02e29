package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Healthy when it is accepted and programmed, and each of its listeners too. */
final class GatewayRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Gateway.gateway.networking.k8s.io", "ListenerSet.gateway.networking.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Health whole = GatewayConditions.assessAccepted(live, live.at("/status/conditions"), "");
        JsonNode listeners = live.at("/status/listeners");
        return GatewayConditions.worst(Stream.concat(
                Stream.of(whole),
                StreamSupport.stream(listeners.spliterator(), false)
                        .map(listener -> GatewayConditions.assess(
                                live,
                                listener.path("conditions"),
                                "listener " + listener.path("name").asText("") + ": "))));
    }
}
