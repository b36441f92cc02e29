package io.jenkins.plugins.gitops.engine.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything in a namespace, without what differs from one namespace, and from one moment, to the next. */
record ClusterPicture(String text) {

    private static final Set<String> VERBS = Set.of("list", "get", "patch");
    private static final List<ApiResource> KINDS = List.of(
            new ApiResource("", "v1", "ConfigMap", "configmaps", true, VERBS),
            new ApiResource("", "v1", "Secret", "secrets", true, VERBS),
            new ApiResource("", "v1", "Service", "services", true, VERBS),
            new ApiResource("rbac.authorization.k8s.io", "v1", "Role", "roles", true, VERBS));
    private static final ApiResource LEASES =
            new ApiResource("coordination.k8s.io", "v1", "Lease", "leases", true, VERBS);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static ClusterPicture of(ApiServer server, String namespace, List<String> apps) throws Exception {
        Map<String, String> objects = new TreeMap<>();
        ObjectApi api = new ObjectApi(server);
        for (ApiResource kind : KINDS) {
            api.list(kind, namespace, null, object -> {
                strip((ObjectNode) object.get("metadata"));
                object.remove("binaryData");
                String name = object.path("metadata").path("name").asText();
                objects.put(common(kind.kind() + "/" + name, namespace, apps), common(print(object), namespace, apps));
            });
        }
        StringBuilder text = new StringBuilder();
        for (String app : apps) {
            text.append(app).append(": ").append(common(inventory(api, app, namespace), namespace, apps));
        }
        objects.forEach(
                (name, object) -> text.append(name).append(": ").append(object).append('\n'));
        return new ClusterPicture(text.toString());
    }

    private static void strip(ObjectNode metadata) {
        metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp"));
        if (metadata.get("managedFields") instanceof ArrayNode managers) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            managers.forEach(manager -> {
                ((ObjectNode) manager).remove("time");
                sorted.put(manager.toString(), manager);
            });
            managers.removeAll();
            sorted.values().forEach(managers::add);
        }
    }

    /** The names of namespaces and apps' marks, and the time in generated names, are not the same in both. */
    private static String common(String text, String namespace, List<String> apps) {
        String common = text;
        for (String app : apps) {
            common = common.replace(new ApplySet(app, namespace).id(), "ID-OF-" + app);
        }
        return common.replace(namespace, "HERE").replaceAll("-(presync|sync|postsync)-[0-9]{10}", "-$1-TIME");
    }

    private static String print(ObjectNode object) {
        try {
            return JSON.writeValueAsString(JSON.treeToValue(object, TreeMap.class));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String inventory(ObjectApi api, String app, String namespace) throws Exception {
        Inventory inventory = new InventoryStore(api, new ApplySet(app, namespace)).load();
        return inventory.exists() + " " + inventory.groupKinds() + " " + inventory.namespaces() + "\n  synced "
                + new TreeSet<>(inventory.synced().keySet()) + "\n  known "
                + new TreeSet<>(inventory.states().keySet()) + "\n  at "
                + inventory.revision() + "\n  hooks " + inventory.hooks() + "\n";
    }

    /** {@code metadata.uid} by {@code Kind/name}. */
    static Map<String, String> uids(ApiServer server, String namespace) throws Exception {
        Map<String, String> uids = new TreeMap<>();
        for (ApiResource kind : KINDS) {
            new ObjectApi(server).listMetadata(kind, namespace, null, object -> {
                JsonNode metadata = object.path("metadata");
                uids.put(
                        kind.kind() + "/" + metadata.path("name").asText(),
                        metadata.path("uid").asText());
            });
        }
        return uids;
    }

    /** As if the lease had not been renewed for long. */
    static void expireLease(ApiServer server, String namespace, String app) throws Exception {
        ObjectApi api = new ObjectApi(server);
        String name = new ApplySet(app, namespace).parentName();
        Optional<ObjectNode> lease = api.get(LEASES, namespace, name);
        if (lease.isPresent() && lease.get().path("spec").has("renewTime")) {
            ArrayNode patch = JsonNodeFactory.instance.arrayNode();
            patch.addObject()
                    .put("op", "replace")
                    .put("path", "/spec/renewTime")
                    .put("value", "2020-01-01T00:00:00.000000Z");
            api.jsonPatch(LEASES, namespace, name, patch);
        }
    }
}
