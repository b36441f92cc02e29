package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.health.ImagePulls;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends a wait for an image that cannot be pulled: the kubelet tries for ever. A registry may have a bad minute, so the
 * failure is final only once it has lasted for a while. A pod does not say since when, so what counts is what was seen.
 */
final class PullGrace {

    private final Duration grace;
    private final Map<String, Instant> failingSince = new HashMap<>();

    PullGrace(Duration grace) {
        this.grace = grace;
    }

    /**
     * The verdict, final where a container of the object as it is declared now has been without its image for too long.
     *
     * @param live a workload, or a pod
     * @param pods the workload's
     */
    Health judge(Health verdict, ObjectNode live, List<ObjectNode> pods, Instant now) {
        boolean isPod = live.path("kind").asText().equals("Pod");
        Optional<String> reason = Optional.empty();
        for (ObjectNode pod : isPod ? List.of(live) : pods) {
            JsonNode declared = isPod ? live.path("spec") : template(live);
            for (ImagePulls.Container container : ImagePulls.containers(pod)) {
                // A pod of an earlier template is on its way out and says nothing about this one.
                if (isDeclared(declared, container) && lasted(pod, container, now)) {
                    reason = reason.or(() -> Optional.of(
                            "the image " + container.image() + " could not be pulled for " + grace.toSeconds() + " s"));
                }
            }
        }
        return verdict.status() == HealthStatus.DEGRADED && !verdict.terminal() && reason.isPresent()
                ? Health.failed(reason.get() + "; " + verdict.message())
                : verdict;
    }

    private boolean lasted(ObjectNode pod, ImagePulls.Container container, Instant now) {
        String key = pod.path("metadata").path("uid").asText() + "/" + container.name();
        if (!container.failing()) {
            failingSince.remove(key);
            return false;
        }
        Instant since = failingSince.computeIfAbsent(key, first -> now);
        return !since.plus(grace).isAfter(now);
    }

    private static JsonNode template(ObjectNode workload) {
        return workload.path("spec").path("template").path("spec");
    }

    private static boolean isDeclared(JsonNode podSpec, ImagePulls.Container container) {
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode declared : podSpec.path(list)) {
                if (declared.path("name").asText().equals(container.name())) {
                    return declared.path("image").asText().equals(container.image());
                }
            }
        }
        return false;
    }
}
