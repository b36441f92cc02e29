package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conditions of the Gateway API, which objects carry once for every parent, ancestor or listener and each with its
 * own {@code observedGeneration}.
 */
final class GatewayConditions {

    private GatewayConditions() {}

    /**
     * The verdict of one set of conditions.
     *
     * @param who whose they are, for the message; ends with {@code ": "}, or empty for the object itself
     */
    static Health assess(LiveObject live, JsonNode list, String who) {
        Conditions conditions = Conditions.of(list);
        if (conditions.stream().anyMatch(c -> !Generations.isCurrent(live, c))) {
            Health waiting = Generations.waiting(live);
            return Health.progressing(who + waiting.message());
        }
        // What is missing may still come: the backend of a route, the certificate of a listener.
        Optional<Condition> refused = conditions.ifFalse("Accepted").or(() -> conditions.ifFalse("ResolvedRefs"));
        if (refused.isPresent()) {
            return Health.degraded(who + refused.get().explain(refused.get().type() + " is False"));
        }
        for (String type : new String[] {"Accepted", "ResolvedRefs", "Programmed"}) {
            Optional<Condition> unsettled = conditions.find(type).filter(c -> !c.isTrue());
            if (unsettled.isPresent()) {
                return Health.progressing(who + unsettled.get().explain("waiting for " + type));
            }
        }
        return Health.healthy();
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
