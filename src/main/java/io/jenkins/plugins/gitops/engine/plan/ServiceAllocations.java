package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The cluster IPs and node ports of a Service that is to be deleted and made again. The server would call them taken while it
 * is asked about the new one: by the very Service that gives them up.
 */
final class ServiceAllocations {

    private static final List<String> PORTS = List.of("nodePort", "healthCheckNodePort");

    private ServiceAllocations() {}

    /**
     * A Service without what it holds already; any other object as it is. What it does not hold stays, so that a port of
     * another Service is still found to be taken.
     */
    static ObjectNode without(ObjectNode desired, ObjectNode live) {
        boolean isService = desired.path("kind").asText().equals("Service")
                && desired.path("apiVersion").asText().equals("v1");
        if (!isService) {
            return desired;
        }
        ObjectNode free = desired.deepCopy();
        JsonNode held = live.path("spec");
        if (free.get("spec") instanceof ObjectNode spec) {
            Set<String> addresses = new HashSet<>();
            held.path("clusterIPs").forEach(address -> addresses.add(address.asText()));
            // Without an address there is nothing that could be taken.
            addresses.remove("None");
            if (addresses.contains(spec.path("clusterIP").asText())) {
                spec.remove(List.of("clusterIP", "clusterIPs"));
            }
            Set<Integer> ports = new HashSet<>();
            held.path("ports").forEach(port -> ports.add(port.path("nodePort").asInt()));
            ports.add(held.path("healthCheckNodePort").asInt());
            take(spec, ports);
            spec.path("ports").forEach(port -> take(port, ports));
        }
        return free;
    }

    private static void take(JsonNode at, Set<Integer> ports) {
        if (at instanceof ObjectNode object) {
            PORTS.stream()
                    .filter(name -> ports.contains(object.path(name).asInt(-1)))
                    .forEach(object::remove);
        }
    }
}
