package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The last events that tell of an object. */
final class Events {

    private static final int MOST = 3;

    private final ObjectApi objects;
    private final Optional<ApiResource> kind;

    Events(ObjectApi objects, ApiResources resources) {
        this.objects = objects;
        this.kind = resources.find("v1", "Event");
    }

    /** One line each, the oldest first: warnings or, where there are none, what else there is. */
    List<String> of(ObjectNode object) throws InterruptedException {
        List<ObjectNode> found = new ArrayList<>();
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText("");
        String uid = metadata.path("uid").asText("");
        if (kind.isEmpty() || uid.isEmpty()) {
            return List.of();
        }
        try {
            // Events of what has no namespace are in this one.
            String where = namespace.isEmpty() ? "default" : namespace;
            objects.list(new Selection(kind.get(), where, null, "involvedObject.uid=" + uid), found::add);
        } catch (ClusterException e) {
            return List.of();
        }
        List<ObjectNode> warnings = found.stream()
                .filter(event -> event.path("type").asText().equals("Warning"))
                .toList();
        List<ObjectNode> told = new ArrayList<>(warnings.isEmpty() ? found : warnings);
        told.sort(Comparator.comparing(Events::time));
        return told.subList(Math.max(0, told.size() - MOST), told.size()).stream()
                .map(event -> line(object, event))
                .toList();
    }

    private static String line(ObjectNode object, ObjectNode event) {
        int count = Math.max(
                event.path("count").asInt(0), event.path("series").path("count").asInt(0));
        return "event " + time(event) + " " + object.path("kind").asText() + "/" + Inbox.name(object) + ": "
                + event.path("reason").asText("") + (count > 1 ? " (" + count + " times)" : "") + ": "
                + event.path("message").asText("");
    }

    /** To the second, in UTC; the API has moved the field twice. */
    private static String time(ObjectNode event) {
        for (String path :
                new String[] {"/series/lastObservedTime", "/lastTimestamp", "/eventTime", "/metadata/creationTimestamp"
                }) {
            String time = event.at(path).asText("");
            if (!time.isEmpty()) {
                return time.replaceFirst("\\.\\d+", "");
            }
        }
        return "";
    }
}
