package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Healthy when every parent that the route names has accepted it and found its backends. */
final class RouteRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of(
                "HTTPRoute.gateway.networking.k8s.io",
                "GRPCRoute.gateway.networking.k8s.io",
                "TLSRoute.gateway.networking.k8s.io",
                "TCPRoute.gateway.networking.k8s.io",
                "UDPRoute.gateway.networking.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        List<Health> verdicts = new ArrayList<>();
        for (JsonNode parent : live.at("/spec/parentRefs")) {
            String who = "parent " + parent.path("name").asText("") + ": ";
            boolean reported = false;
            for (JsonNode status : live.at("/status/parents")) {
                if (isSame(parent, status.path("parentRef"), live.namespace())) {
                    reported = true;
                    verdicts.add(GatewayConditions.assessAccepted(live, status.path("conditions"), who));
                }
            }
            if (!reported) {
                verdicts.add(Health.progressing(who + "waiting for Accepted"));
            }
        }
        return GatewayConditions.worst(verdicts.stream());
    }

    /** Entries for a parent that the route has left may stay in the status for a while: they do not count. */
    private static boolean isSame(JsonNode one, JsonNode other, String namespace) {
        return List.of("name", "sectionName", "port").stream().allMatch(field -> one.path(field)
                        .asText("")
                        .equals(other.path(field).asText("")))
                && one.path("namespace")
                        .asText(namespace)
                        .equals(other.path("namespace").asText(namespace));
    }
}
