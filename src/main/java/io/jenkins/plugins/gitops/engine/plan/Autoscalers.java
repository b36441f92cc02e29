package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a workload that was scaled by hand from one that an autoscaler scales. The scale subresource leaves no owner in
 * {@code managedFields} where nobody owned {@code spec.replicas} before, so this looks for the autoscaler.
 */
final class Autoscalers {

    private static final Set<String> SCALABLE = Set.of("Deployment.apps", "StatefulSet.apps", "ReplicaSet.apps");

    static final FieldPath REPLICAS = FieldPath.ROOT.field("spec").field("replicas");

    private final ObjectApi objects;
    private final ApiResources resources;
    private final Map<String, Set<String>> targets = new HashMap<>();

    Autoscalers(ObjectApi objects, ApiResources resources) {
        this.objects = objects;
        this.resources = resources;
    }

    /** Whether somebody has set the number of replicas, which Git leaves to the server's default of one, by hand. */
    boolean scaledByHand(ObjectId id, ObjectNode live, JsonNode desired, FieldOwners owners)
            throws ClusterException, InterruptedException {
        return isScaled(id, live, desired, owners) && !isTarget(id);
    }

    /** Whether somebody or an autoscaler has set the number of replicas, without leaving an owner. */
    static boolean isScaled(ObjectId id, ObjectNode live, JsonNode desired, FieldOwners owners) {
        return SCALABLE.contains(id.groupKind())
                && Values.at(desired, REPLICAS) == null
                && live.path("spec").path("replicas").asInt(1) != 1
                && owners.all().stream().noneMatch(owner -> owner.owns(REPLICAS));
    }

    /** Whether an autoscaler looks after the number of replicas. */
    synchronized boolean isTarget(ObjectId id) throws ClusterException, InterruptedException {
        Set<String> known = targets.get(id.namespace());
        if (known == null) {
            known = targetsIn(id.namespace());
            targets.put(id.namespace(), known);
        }
        return known.contains(id.kind() + "/" + id.name());
    }

    private Set<String> targetsIn(String namespace) throws ClusterException, InterruptedException {
        Set<String> found = new HashSet<>();
        Optional<ApiResource> kind = resources.findByGroupKind("HorizontalPodAutoscaler.autoscaling");
        if (kind.isPresent()) {
            try {
                objects.list(kind.get(), namespace, null, autoscaler -> {
                    JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
                    found.add(target.path("kind").asText() + "/"
                            + target.path("name").asText());
                });
            } catch (ApiException e) {
                // Without the right to look, nothing is claimed to be somebody's doing by the lack of an autoscaler.
                if (e.code() != 403) {
                    throw e;
                }
            }
        }
        return found;
    }
}
