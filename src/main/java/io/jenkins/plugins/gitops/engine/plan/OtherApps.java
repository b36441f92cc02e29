package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds declared objects that are members of another app, or of an ApplySet that {@code kubectl} keeps. Two owners of one
 * object would undo each other's work for ever, and whichever gives it up deletes it for both.
 */
final class OtherApps {

    /** Where an ApplySet's parent may be, the more likely place first. */
    private static final List<String> PARENTS = List.of("ConfigMap", "Secret");

    private final ObjectApi objects;
    private final ApiResources resources;
    private final ApplySet applySet;

    OtherApps(ObjectApi objects, ApiResources resources, ApplySet applySet) {
        this.objects = objects;
        this.resources = resources;
        this.applySet = applySet;
    }

    /** Why the plan is refused; a mark whose app is gone is nobody's and is taken over. */
    Optional<String> refusal(Plan plan) throws ClusterException, InterruptedException {
        Map<String, List<ObjectId>> marked = new TreeMap<>();
        for (Change change : plan.changes()) {
            String mark = change.target() == null || change.live() == null ? "" : mark(change.live());
            if (!mark.isEmpty() && !mark.equals(applySet.id()) && !isHandedOver(change, mark)) {
                marked.computeIfAbsent(mark, id -> new ArrayList<>()).add(change.id());
            }
        }
        for (Map.Entry<String, List<ObjectId>> other : marked.entrySet()) {
            Optional<String> owner = owner(other.getKey(), other.getValue());
            if (owner.isPresent()) {
                return Optional.of(message(other.getValue(), owner.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether Git names the app that has it: whoever reviewed that knows both. */
    private boolean isHandedOver(Change change, String mark) {
        String from = ObjectOptions.of(change.target().manifest().json()).movedFrom();
        int slash = from.indexOf('/');
        String namespace = slash < 0 ? applySet.namespace() : from.substring(0, slash);
        return !from.isEmpty() && mark.equals(new ApplySet(from.substring(slash + 1), namespace).id());
    }

    private static String mark(ObjectNode live) {
        return live.path("metadata").path("labels").path(ApplySet.PART_OF_LABEL).asText("");
    }

    private static String message(List<ObjectId> ids, String owner) {
        String first = ids.get(0).toString();
        String what = ids.size() == 1
                ? first + " belongs"
                : ids.size() + " of the declared objects, such as " + first + ", belong";
        return what + " to another app (" + owner + "): nothing was done; declare an object in one app only; to move it"
                + " here, annotate it here with gitops.jenkins.io/moved-from: NAME-OF-THAT-APP";
    }

    /** What is known of the owner; empty where there is none any more. */
    private Optional<String> owner(String id, List<ObjectId> members) throws ClusterException, InterruptedException {
        Set<String> namespaces = new LinkedHashSet<>(List.of("", applySet.namespace()));
        members.forEach(member -> namespaces.add(member.namespace()));
        for (String kind : PARENTS) {
            boolean unseen = true;
            for (String namespace : namespaces) {
                AtomicReference<String> found = new AtomicReference<>();
                boolean allowed = find(kind, namespace, id, found);
                if (found.get() != null) {
                    return Optional.of("its inventory is " + kind + " " + found.get());
                }
                if (allowed && namespace.isEmpty()) {
                    unseen = false;
                    break;
                }
            }
            if (unseen && kind.equals("ConfigMap")) {
                return Optional.of("its inventory is out of sight for this credential");
            }
        }
        return Optional.empty();
    }

    /** Whether the credential was allowed to look. */
    private boolean find(String kind, String namespace, String id, AtomicReference<String> found)
            throws ClusterException, InterruptedException {
        ApiResource resource = resources.findByGroupKind(kind).orElseThrow();
        try {
            objects.listMetadata(resource, namespace, ApplySet.ID_LABEL + "=" + id, parent -> {
                JsonNode metadata = parent.path("metadata");
                found.set(metadata.path("namespace").asText() + "/"
                        + metadata.path("name").asText());
            });
            return true;
        } catch (ApiException e) {
            if (e.code() == 403) {
                return false;
            }
            throw e;
        }
    }
}
