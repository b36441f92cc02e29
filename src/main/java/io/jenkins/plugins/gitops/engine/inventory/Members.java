package io.jenkins.plugins.gitops.engine.inventory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Finds the members of an ApplySet in the cluster: one paged list per kind, several kinds at a time. */
public final class Members {

    private final ObjectApi objects;
    private final ApiResources resources;
    private final ApplySet applySet;

    public Members(ObjectApi objects, ApiResources resources, ApplySet applySet) {
        this.objects = objects;
        this.resources = resources;
        this.applySet = applySet;
    }

    /**
     * Every object that carries the app's mark.
     *
     * @param inventory what the parent says; where there is none, every kind is asked
     * @param desired what Git declares: its kinds are asked too
     */
    public Map<ObjectId, ObjectNode> list(Inventory inventory, Collection<ObjectId> desired)
            throws ClusterException, InterruptedException {
        Map<ObjectId, ObjectNode> found = new ConcurrentHashMap<>();
        Set<String> namespaces = new LinkedHashSet<>(inventory.namespaces());
        namespaces.add(applySet.namespace());
        desired.forEach(id -> namespaces.add(id.namespace()));
        namespaces.remove("");
        Parallel.forEach(
                kinds(inventory, desired),
                kind -> list(kind, namespaces, member -> {
                    // Pods of a Deployment do not copy its labels, but other owners' controllers may.
                    if (!isOwned(member)) {
                        found.put(id(kind, member), member);
                    }
                }));
        return found;
    }

    private List<ApiResource> kinds(Inventory inventory, Collection<ObjectId> desired) {
        if (!inventory.exists()) {
            return resources.kinds().stream()
                    .filter(kind -> kind.can("list") && kind.can("delete"))
                    .toList();
        }
        Set<String> names = new LinkedHashSet<>(inventory.groupKinds());
        desired.forEach(id -> names.add(id.groupKind()));
        List<ApiResource> kinds = new ArrayList<>();
        for (String name : names) {
            resources.findByGroupKind(name).filter(kind -> kind.can("list")).ifPresent(kinds::add);
        }
        return kinds;
    }

    /** In all namespaces at once; one by one where the credential is not allowed to. */
    private void list(ApiResource kind, Set<String> namespaces, Consumer<ObjectNode> each)
            throws ClusterException, InterruptedException {
        try {
            objects.list(kind, "", applySet.memberSelector(), each);
        } catch (ApiException e) {
            if (e.code() == 405 || e.isNotFound()) {
                return;
            }
            if (e.code() != 403 || !kind.namespaced()) {
                throw e;
            }
            for (String namespace : namespaces) {
                objects.list(kind, namespace, applySet.memberSelector(), each);
            }
        }
    }

    /** An object that a controller made for another one, with that one's labels on it. */
    private static boolean isOwned(ObjectNode member) {
        for (var owner : member.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static ObjectId id(ApiResource kind, ObjectNode member) {
        return new ObjectId(
                kind.group(),
                kind.kind(),
                member.path("metadata").path("namespace").asText(""),
                member.path("metadata").path("name").asText());
    }
}
