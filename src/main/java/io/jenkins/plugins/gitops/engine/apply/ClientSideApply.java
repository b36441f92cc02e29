package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.plan.Change;
import java.util.Set;

/**
 * Takes over what {@code kubectl apply} (client-side) owned, once: its claims in {@code managedFields} become ours, so
 * that a field that leaves Git leaves the object too. Without this the old claims would keep such fields for ever.
 */
final class ClientSideApply {

    /** The last is what a patch of our own leaves behind: an update beside our apply would keep its fields for ever, too. */
    private static final Set<String> MANAGERS =
            Set.of("kubectl-client-side-apply", "before-first-apply", ObjectApi.FIELD_MANAGER);

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int ATTEMPTS = 3;

    private ClientSideApply() {}

    /** @param seen the object as it is; {@code null} where there is none */
    static void takeOver(ObjectApi objects, Change change, ObjectNode seen)
            throws ClusterException, InterruptedException {
        ObjectNode live = seen;
        for (int attempt = 1; live != null && isOwned(live); attempt++) {
            try {
                objects.jsonPatch(
                        change.target().resource(),
                        change.id().namespace(),
                        change.id().name(),
                        patch(live));
                return;
            } catch (ApiException e) {
                // Somebody was faster; the patch is guarded by the resource version.
                if (attempt == ATTEMPTS || !(e.isConflict() || e.code() == 422)) {
                    throw e;
                }
                live = objects.get(
                                change.target().resource(),
                                change.id().namespace(),
                                change.id().name())
                        .orElse(null);
            }
        }
    }

    private static boolean isOwned(ObjectNode live) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (isClientSide(entry)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isClientSide(JsonNode entry) {
        return MANAGERS.contains(entry.path("manager").asText())
                && entry.path("operation").asText().equals("Update")
                && entry.path("subresource").asText("").isEmpty();
    }

    private static ArrayNode patch(ObjectNode live) {
        JsonNode metadata = live.path("metadata");
        ObjectNode ours = null;
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : metadata.path("managedFields")) {
            if (isOurs(entry)) {
                ours = entry.deepCopy();
            }
        }
        for (JsonNode entry : metadata.path("managedFields")) {
            if (isClientSide(entry)) {
                ours = ours == null ? renamed(entry) : merged(ours, entry);
            } else if (!isOurs(entry)) {
                entries.add(entry.deepCopy());
            }
        }
        entries.add(ours);

        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        operations
                .addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", metadata.path("resourceVersion").asText());
        operations
                .addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields")
                .set("value", entries);
        if (metadata.path("annotations").has(LAST_APPLIED)) {
            operations
                    .addObject()
                    .put("op", "remove")
                    .put("path", "/metadata/annotations/" + LAST_APPLIED.replace("/", "~1"));
        }
        return operations;
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path("manager").asText().equals(ObjectApi.FIELD_MANAGER)
                && entry.path("operation").asText().equals("Apply")
                && entry.path("subresource").asText("").isEmpty();
    }

    private static ObjectNode renamed(JsonNode entry) {
        ObjectNode copy = entry.deepCopy();
        return copy.put("manager", ObjectApi.FIELD_MANAGER).put("operation", "Apply");
    }

    private static ObjectNode merged(ObjectNode ours, JsonNode entry) {
        union((ObjectNode) ours.get("fieldsV1"), entry.path("fieldsV1"));
        return ours;
    }

    private static void union(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode below) {
                union(below, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }
}
