package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conditions of the Gateway API, which objects carry once for every parent, ancestor or listener and each with its
 * own {@code observedGeneration}.
 */
final class GatewayConditions {

    /** The ones that decide, whatever else an implementation may add. */
    private static final List<String> DECIDING = List.of("Accepted", "ResolvedRefs", "Programmed");

    private GatewayConditions() {}

    /**
     * The verdict of one set of conditions.
     *
     * @param who whose they are, for the message; ends with {@code ": "}, or empty for the object itself
     */
    static Health assess(LiveObject live, JsonNode list, String who) {
        Conditions conditions = Conditions.of(list);
        List<Condition> deciding = DECIDING.stream()
                .flatMap(type -> conditions.find(type).stream())
                .toList();
        if (deciding.stream().anyMatch(c -> !Generations.isCurrent(live, c))) {
            return Health.progressing(who + Generations.waiting(live).message());
        }
        // What is missing may still come: the backend of a route, the certificate of a listener.
        Optional<Condition> refused = conditions.ifFalse("Accepted").or(() -> conditions.ifFalse("ResolvedRefs"));
        if (refused.isPresent()) {
            return Health.degraded(who + refused.get().explain(refused.get().type() + " is False"));
        }
        return deciding.stream()
                .filter(c -> !c.isTrue())
                .findFirst()
                .map(c -> Health.progressing(who + c.explain("waiting for " + c.type())))
                .orElse(Health.healthy());
    }

    /** The same for a set in which {@code Accepted} must be there. */
    static Health assessAccepted(LiveObject live, JsonNode list, String who) {
        Health health = assess(live, list, who);
        boolean undecided = health.status() == HealthStatus.HEALTHY
                && Conditions.of(list).find("Accepted").isEmpty();
        return undecided ? Health.progressing(who + "waiting for Accepted") : health;
    }

    /** The worst of some verdicts, the first one of those that are equally bad; healthy where there are none. */
    static Health worst(Stream<Health> verdicts) {
        return verdicts.filter(h -> h.status() != HealthStatus.HEALTHY)
                .min(Comparator.comparing(h -> h.status() != HealthStatus.DEGRADED))
                .orElse(Health.healthy());
    }
}
