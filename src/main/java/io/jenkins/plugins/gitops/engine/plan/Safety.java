package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Refuses plans that would delete more than anybody is likely to have meant, or take what is another app's. */
public final class Safety {

    /** What Kubernetes puts into every namespace, or what only shadows other objects. */
    private static final Set<String> BYSTANDERS =
            Set.of("Event", "Endpoints", "EndpointSlice", "Lease", "ControllerRevision", "PodMetrics");

    private final ObjectApi objects;
    private final ApiResources resources;
    private final ApplySet applySet;

    public Safety(ObjectApi objects, ApiResources resources, ApplySet applySet) {
        this.objects = objects;
        this.resources = resources;
        this.applySet = applySet;
    }

    /**
     * How much may be pruned in one go. Both must be exceeded for a plan to be refused.
     *
     * @param count number of objects
     * @param percent share of the app's objects in the cluster, 0 to 100
     */
    public record PruneLimit(int count, int percent) implements Serializable {
        public static final PruneLimit DEFAULT = new PruneLimit(10, 50);

        /** For what is meant to go as a whole. */
        public static final PruneLimit NONE = new PruneLimit(Integer.MAX_VALUE, 100);
    }

    /** Why the plan is refused, with what to do; empty where it may be carried out. */
    public Optional<String> refusal(Plan plan, PruneLimit limit) throws ClusterException, InterruptedException {
        List<Change> prunes = plan.prunes();
        long inCluster =
                plan.changes().stream().filter(c -> c.action() != Action.CREATE).count();
        if (prunes.size() > limit.count() && prunes.size() * 100L > inCluster * limit.percent()) {
            return Optional.of("the sync would prune " + prunes.size() + " of the app's " + inCluster
                    + " objects, more than " + limit.count() + " and more than " + limit.percent()
                    + " %: nothing was done; if it is meant, raise the prune limit for this run");
        }
        for (Change prune : prunes) {
            if (prune.id().kind().equals("Namespace") && prune.id().group().isEmpty()) {
                SortedSet<String> others = othersIn(prune.id().name(), plan);
                if (!others.isEmpty()) {
                    return Optional.of("pruning namespace " + prune.id().name() + " would delete objects of others ("
                            + some(others) + "): nothing was done; move them away, or keep the namespace with the"
                            + " annotation gitops.jenkins.io/prune: disabled on it");
                }
            }
        }
        return new OtherApps(objects, resources, applySet).refusal(plan);
    }

    private SortedSet<String> othersIn(String namespace, Plan plan) throws ClusterException, InterruptedException {
        SortedSet<String> others = new ConcurrentSkipListSet<>();
        List<ApiResource> kinds = resources.kinds().stream()
                .filter(kind -> kind.namespaced() && kind.can("list") && !BYSTANDERS.contains(kind.kind()))
                .toList();
        Parallel.forEach(kinds, kind -> {
            try {
                objects.listMetadata(kind, namespace, null, object -> {
                    if (isOthers(kind, object)) {
                        others.add(kind.kind() + "/"
                                + object.path("metadata").path("name").asText());
                    }
                });
            } catch (ApiException e) {
                // A kind whose objects cannot be seen may hold some: say so rather than delete them unseen.
                if (e.code() == 403) {
                    others.add(kind.kind() + "/(not allowed to look)");
                } else if (!e.isNotFound() && e.code() != 405 && e.code() != 503) {
                    throw e;
                }
            }
        });
        return others;
    }

    private boolean isOthers(ApiResource kind, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        boolean ours =
                metadata.path("labels").path(ApplySet.PART_OF_LABEL).asText().equals(applySet.id());
        boolean inventory = InventoryStore.holds(object, applySet);
        boolean made = !metadata.path("ownerReferences").isEmpty()
                || kind.kind().equals("ConfigMap") && name.equals("kube-root-ca.crt")
                || kind.kind().equals("ServiceAccount") && name.equals("default");
        return !ours && !inventory && !made;
    }

    private static String some(SortedSet<String> names) {
        List<String> first = new TreeSet<>(names).stream().limit(5).toList();
        return String.join(", ", first) + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
    }
}
