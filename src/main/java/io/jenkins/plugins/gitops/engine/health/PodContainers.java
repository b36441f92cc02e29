package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the containers of a pod say. A termination message is never repeated: it may be the tail of the container's log
 * ({@code terminationMessagePolicy: FallbackToLogsOnError}) and so hold anything.
 */
final class PodContainers {

    private static final String INIT = "/status/initContainerStatuses";
    private static final String MAIN = "/status/containerStatuses";

    /** The kubelet's reasons for a container that cannot start, all retried with a growing delay. */
    private static final Pattern TROUBLE =
            Pattern.compile("Err.*|.*Error|.*BackOff|.*Failed|InvalidImageName|RegistryUnavailable");

    private PodContainers() {}

    /** Whether a container cannot start or, among the init containers, just failed; the first such container. */
    static Optional<Health> trouble(LiveObject pod) {
        for (String list : new String[] {INIT, MAIN}) {
            for (JsonNode container : pod.at(list)) {
                String reason = container.at("/state/waiting/reason").asText("");
                if (reason.equals("InvalidImageName")) {
                    return Optional.of(Health.failed(waiting(container, list)));
                }
                if (TROUBLE.matcher(reason).matches()) {
                    return Optional.of(Health.degraded(waiting(container, list)));
                }
                JsonNode ended = container.at("/state/terminated");
                if (list.equals(INIT) && ended.path("exitCode").asInt() != 0) {
                    return Optional.of(Health.degraded(name(container, list) + " " + exit(ended)));
                }
            }
        }
        return Optional.empty();
    }

    /** A container that ended before and is, or will be, restarted. */
    static Optional<String> restarted(LiveObject pod) {
        for (JsonNode container : pod.at(MAIN)) {
            for (String state : new String[] {"/state/terminated", "/lastState/terminated"}) {
                JsonNode ended = container.at(state);
                if (!ended.isMissingNode() && !ended.isNull()) {
                    return Optional.of("not ready; " + name(container, MAIN) + " " + exit(ended) + ", "
                            + container.path("restartCount").asInt() + " restarts");
                }
            }
        }
        return Optional.empty();
    }

    /** What a pod waits for that is scheduled and does not run yet. */
    static String waitingFor(LiveObject pod) {
        for (String list : new String[] {INIT, MAIN}) {
            for (JsonNode container : pod.at(list)) {
                if (!container.at("/state/waiting/reason").asText("").isEmpty()) {
                    return waiting(container, list);
                }
                if (list.equals(INIT) && container.at("/state/running").isObject()) {
                    return "waiting for " + name(container, list);
                }
            }
        }
        return "waiting for its containers to start";
    }

    /** Why a pod's phase is Failed: the pod's own reason, such as Evicted, or the first container that failed. */
    static String whyFailed(LiveObject pod) {
        String reason = pod.text("/status/reason");
        String message = pod.text("/status/message");
        if (!reason.isEmpty() || !message.isEmpty()) {
            return "failed; " + reason + (reason.isEmpty() || message.isEmpty() ? "" : ": ") + message;
        }
        for (String list : new String[] {INIT, MAIN}) {
            for (JsonNode container : pod.at(list)) {
                JsonNode ended = container.at("/state/terminated");
                if (ended.path("exitCode").asInt() != 0) {
                    return "failed; " + name(container, list) + " " + exit(ended);
                }
            }
        }
        return "failed";
    }

    private static String waiting(JsonNode container, String list) {
        JsonNode waiting = container.at("/state/waiting");
        String message = waiting.path("message").asText("");
        return name(container, list) + ": " + waiting.path("reason").asText("")
                + (message.isEmpty() ? "" : ": " + message);
    }

    private static String name(JsonNode container, String list) {
        return (list.equals(INIT) ? "init container " : "container ")
                + container.path("name").asText("");
    }

    private static String exit(JsonNode terminated) {
        String reason = terminated.path("reason").asText("");
        return "exited with code " + terminated.path("exitCode").asInt()
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
