package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Looks up in the cluster what a health rule wants to know beyond the object itself. What cannot be looked up (for want
 * of a right, say) is left unknown: the verdict then rests on the object alone.
 */
final class LiveContext implements HealthContext {

    private final ObjectApi objects;
    private final ApiResources resources;
    private final boolean thorough;

    /** @param thorough whether to ask for pods and peers too, which costs a list each */
    LiveContext(ObjectApi objects, ApiResources resources, boolean thorough) {
        this.objects = objects;
        this.resources = resources;
        this.thorough = thorough;
    }

    @Override
    public Optional<ObjectNode> find(ObjectId id) {
        Optional<ApiResource> kind = resources.findByGroupKind(id.groupKind());
        try {
            return kind.isEmpty() ? Optional.empty() : objects.get(kind.get(), id.namespace(), id.name());
        } catch (ClusterException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public List<ObjectNode> pods(ObjectNode workload) {
        String selector = selector(workload.path("spec").path("selector"));
        return thorough && !selector.isEmpty()
                ? list("Pod", workload.path("metadata").path("namespace").asText(), selector)
                : List.of();
    }

    @Override
    public List<ObjectNode> peers(ObjectNode live) {
        String apiVersion = live.path("apiVersion").asText();
        String group = apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return thorough ? list(live.path("kind").asText() + group, "", null) : List.of();
    }

    private List<ObjectNode> list(String groupKind, String namespace, String selector) {
        List<ObjectNode> found = new ArrayList<>();
        Optional<ApiResource> kind = resources.findByGroupKind(groupKind);
        try {
            if (kind.isPresent()) {
                objects.list(kind.get(), namespace, selector, found::add);
            }
            return found;
        } catch (ClusterException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** The label selector of {@code matchLabels} and {@code matchExpressions} as a query writes it. */
    private static String selector(JsonNode selector) {
        StringJoiner joined = new StringJoiner(",");
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        joined.add(label.getKey() + "=" + label.getValue().asText()));
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = expression.path("key").asText();
            StringJoiner values = new StringJoiner(",", "(", ")");
            expression.path("values").forEach(value -> values.add(value.asText()));
            joined.add(
                    switch (expression.path("operator").asText()) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        default -> "!" + key;
                    });
        }
        return joined.toString();
    }
}
