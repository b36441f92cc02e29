package io.jenkins.plugins.gitops.engine.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the members of an ApplySet in the cluster: one paged list per kind, several kinds at a time. */
public final class Members {

    private final ObjectApi objects;
    private final ApiResources resources;
    private final ApplySet applySet;
    private final boolean metadataOnly;

    public Members(ObjectApi objects, ApiResources resources, ApplySet applySet) {
        this(objects, resources, applySet, false);
    }

    /** @param metadataOnly whether the members come with their {@code metadata} alone, which is less to read */
    public Members(ObjectApi objects, ApiResources resources, ApplySet applySet, boolean metadataOnly) {
        this.objects = objects;
        this.resources = resources;
        this.applySet = applySet;
        this.metadataOnly = metadataOnly;
    }

    /** Is given a member; several threads call it. An object may come twice. */
    @FunctionalInterface
    public interface Sink {
        void accept(ObjectId id, ObjectNode member) throws ClusterException, InterruptedException;
    }

    /**
     * Every object that carries the app's mark and that this engine has put it on, as it comes in; nothing is kept.
     *
     * @param inventory what the parent says; where there is none, every kind is asked
     * @param desired what Git declares: its kinds are asked too, in the version that most of them are declared in
     * @throws ClusterException also where the app has objects that the credential may not list: they could not be pruned
     */
    public void list(Inventory inventory, Map<ObjectId, ApiResource> desired, Sink each)
            throws ClusterException, InterruptedException {
        Set<String> namespaces = namespaces(inventory);
        desired.keySet().forEach(id -> namespaces.add(id.namespace()));
        namespaces.remove("");
        Parallel.forEach(
                kinds(inventory, desired.values()),
                kind -> list(kind, namespaces, inventory, member -> accept(kind, member, inventory, each)));
    }

    /**
     * As {@link #list(Inventory, Map, Sink)}, of some kinds alone.
     *
     * @param groupKinds in the form {@code Kind.group}
     * @return for each kind that could be listed in all namespaces at once the {@code resourceVersion} of the list
     */
    public Map<ApiResource, String> list(Inventory inventory, Collection<String> groupKinds, Sink each)
            throws ClusterException, InterruptedException {
        Map<ApiResource, String> versions = new ConcurrentHashMap<>();
        List<ApiResource> kinds = new ArrayList<>();
        for (String name : groupKinds) {
            resources.findByGroupKind(name).filter(kind -> kind.can("list")).ifPresent(kinds::add);
        }
        Parallel.forEach(kinds, kind -> {
            String version =
                    list(kind, namespaces(inventory), inventory, member -> accept(kind, member, inventory, each));
            if (!version.isEmpty()) {
                versions.put(kind, version);
            }
        });
        return versions;
    }

    private Set<String> namespaces(Inventory inventory) {
        Set<String> namespaces = new LinkedHashSet<>(inventory.namespaces());
        namespaces.add(applySet.namespace());
        return namespaces;
    }

    private static void accept(ApiResource kind, ObjectNode member, Inventory inventory, Sink each)
            throws ClusterException, InterruptedException {
        ObjectId id = id(kind, member);
        if (isMember(id, member, inventory)) {
            each.accept(id, member);
        }
    }

    /** Whether an object that carries the app's mark is the app's: not one that a controller or a copy has marked. */
    public static boolean isMember(ObjectId id, ObjectNode object, Inventory inventory) {
        return !isOwned(object) && (inventory.synced().containsKey(id) || isMarkedByUs(object));
    }

    private List<ApiResource> kinds(Inventory inventory, Collection<ApiResource> desired) {
        Map<String, Map<ApiResource, Integer>> declared = new HashMap<>();
        for (ApiResource kind : desired) {
            declared.computeIfAbsent(kind.groupKind(), name -> new HashMap<>()).merge(kind, 1, Integer::sum);
        }
        Set<String> names = new LinkedHashSet<>(declared.keySet());
        if (inventory.exists()) {
            names.addAll(inventory.groupKinds());
        } else {
            resources.kinds().stream().filter(kind -> kind.can("delete")).forEach(kind -> names.add(kind.groupKind()));
        }
        List<ApiResource> kinds = new ArrayList<>();
        for (String name : names) {
            declared.getOrDefault(name, Map.of()).entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .filter(kind ->
                            resources.find(kind.apiVersion(), kind.kind()).isPresent())
                    .or(() -> resources.findByGroupKind(name))
                    .filter(kind -> kind.can("list"))
                    .ifPresent(kinds::add);
        }
        return kinds;
    }

    /**
     * In all namespaces at once; one by one where the credential is not allowed to.
     *
     * @return the {@code resourceVersion} of the list; empty where it was not one of all namespaces
     */
    private String list(ApiResource kind, Set<String> namespaces, Inventory inventory, ObjectApi.Sink each)
            throws ClusterException, InterruptedException {
        Optional<String> version = tryList(kind, "", each);
        if (version.isPresent()) {
            return version.get();
        }
        if (!kind.namespaced()) {
            requireNone(kind, "", inventory);
            return "";
        }
        for (String namespace : namespaces) {
            if (tryList(kind, namespace, each).isEmpty()) {
                requireNone(kind, namespace, inventory);
            }
        }
        return "";
    }

    /** The {@code resourceVersion} of the list, {@code ""} for what cannot be listed; empty where that is not allowed. */
    private Optional<String> tryList(ApiResource kind, String namespace, ObjectApi.Sink each)
            throws ClusterException, InterruptedException {
        try {
            Selection members = Selection.of(kind, namespace, applySet.memberSelector());
            return Optional.of(metadataOnly ? objects.listMetadata(members, each) : objects.list(members, each));
        } catch (ApiException e) {
            if (e.code() == 403) {
                return Optional.empty();
            }
            if (e.code() == 405 || e.isNotFound()) {
                return Optional.of("");
            }
            throw e;
        }
    }

    /** What a credential may not see it has hardly written; but what the app is known to have must not be lost. */
    private static void requireNone(ApiResource kind, String namespace, Inventory inventory) throws ClusterException {
        for (ObjectId id : inventory.synced().keySet()) {
            if (id.groupKind().equals(kind.groupKind()) && id.namespace().equals(namespace)) {
                throw new ClusterException(
                        id + " belongs to the app, and the credential may not list " + kind.plural()
                                + (namespace.isEmpty() ? "" : " in namespace " + namespace),
                        "give it the right to list them: without it, what leaves Git could not be found again");
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

    /** Labels get copied: onto Endpoints by a controller, onto a Service by {@code kubectl expose}. Those are not ours. */
    private static boolean isMarkedByUs(ObjectNode member) {
        JsonNode managers = member.path("metadata").path("managedFields");
        for (JsonNode entry : managers) {
            if (entry.path("manager").asText().equals(ObjectApi.FIELD_MANAGER)) {
                return true;
            }
        }
        return managers.isEmpty();
    }

    /** The identity of a member as a list or a watch of its kind shows it. */
    public static ObjectId id(ApiResource kind, ObjectNode member) {
        return new ObjectId(
                kind.group(),
                kind.kind(),
                member.path("metadata").path("namespace").asText(""),
                member.path("metadata").path("name").asText());
    }
}
