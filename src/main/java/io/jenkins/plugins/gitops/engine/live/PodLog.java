package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last lines that a pod's failing containers have logged. */
final class PodLog {

    private static final int BYTES = 16_384;
    private static final int CONTAINERS = 2;

    private final ObjectApi objects;
    private final Optional<ApiResource> pods;
    private final Redaction redaction;
    private final int lines;

    /** @param lines how many of each container; 0 for none */
    PodLog(ObjectApi objects, ApiResources resources, Redaction redaction, int lines) {
        this.objects = objects;
        this.pods = resources.findByGroupKind("Pod");
        this.redaction = redaction;
        this.lines = lines;
    }

    /** A heading and the lines for each container that is not well; empty where there is nothing to read. */
    List<String> of(ObjectNode pod) throws InterruptedException {
        List<String> told = new ArrayList<>();
        int read = 0;
        if (lines > 0 && pods.isPresent()) {
            for (String list : new String[] {"/status/initContainerStatuses", "/status/containerStatuses"}) {
                for (JsonNode container : pod.at(list)) {
                    if (read < CONTAINERS && isFailing(container, list)) {
                        read++;
                        told.addAll(of(pod, container));
                    }
                }
            }
        }
        return told;
    }

    private static boolean isFailing(JsonNode container, String list) {
        boolean started = container.path("restartCount").asInt() > 0
                || !container.path("state").has("waiting");
        boolean done = container.at("/state/terminated").isObject()
                && container.at("/state/terminated/exitCode").asInt() == 0;
        return started && !done && !(container.path("ready").asBoolean() && !list.contains("init"));
    }

    private List<String> of(ObjectNode pod, JsonNode container) throws InterruptedException {
        String name = container.path("name").asText();
        // A container that waits for its next start has said what it had to say in the run before.
        boolean previous = container.path("state").has("waiting");
        String text;
        try {
            text = objects.log(pods.get(), Inbox.namespace(pod), Inbox.name(pod), name, previous, lines, BYTES);
        } catch (ClusterException e) {
            return List.of();
        }
        List<String> all = text.lines().filter(line -> !line.isBlank()).toList();
        List<String> last = all.subList(Math.max(0, all.size() - lines), all.size());
        List<String> told = new ArrayList<>();
        if (!last.isEmpty()) {
            told.add("log of container " + Health.oneLine(name) + " in pod " + Inbox.name(pod) + ":");
            last.forEach(line -> told.add("  | " + Health.oneLine(redaction.apply(line))));
        }
        return told;
    }
}
