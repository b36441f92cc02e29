package io.jenkins.plugins.gitops.engine.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at what an app is known to have: one metadata-only LIST per kind. As soon as somebody else changes a value that
 * this engine applied, the API server takes that field out of the engine's entry in {@code managedFields}, so a change of
 * that entry is a change of the object; what people add with {@code kubectl} shows in entries of its own.
 */
public final class Probe {

    /** 64 bits: enough to notice a change. */
    private static final int LENGTH = 8;

    private Probe() {}

    /**
     * @param namespace the app's home; {@code null} for the cluster's default
     * @return a digest for each object that the app is known to have and that is there, by its name
     */
    public static ProbeState look(ClusterAccess access, String app, String namespace)
            throws ClusterException, InterruptedException {
        try (ApiServer server = ApiServer.connect(access)) {
            ApplySet applySet = new ApplySet(app, namespace == null ? server.defaultNamespace() : namespace);
            ObjectApi objects = new ObjectApi(server);
            Inventory inventory = new InventoryStore(objects, applySet).load();
            SortedMap<String, String> digests = new TreeMap<>();
            if (inventory.exists()) {
                ApiResources resources = Discovery.discover(server);
                for (String groupKind : new TreeSet<>(inventory.groupKinds())) {
                    Optional<ApiResource> kind = resources.findByGroupKind(groupKind);
                    if (kind.isPresent()) {
                        list(objects, kind.get(), applySet, inventory, digests);
                    }
                }
            }
            return new ProbeState(digests);
        }
    }

    private static void list(
            ObjectApi objects,
            ApiResource kind,
            ApplySet applySet,
            Inventory inventory,
            SortedMap<String, String> digests)
            throws ClusterException, InterruptedException {
        try {
            objects.listMetadata(kind, "", applySet.memberSelector(), each -> add(kind, each, inventory, digests));
        } catch (ApiException e) {
            if (e.code() != 403 || !kind.namespaced()) {
                throw e;
            }
            for (String namespace : new TreeSet<>(inventory.namespaces())) {
                objects.listMetadata(
                        kind, namespace, applySet.memberSelector(), each -> add(kind, each, inventory, digests));
            }
        }
    }

    private static void add(
            ApiResource kind, ObjectNode object, Inventory inventory, SortedMap<String, String> digests) {
        JsonNode metadata = object.path("metadata");
        ObjectId id = new ObjectId(
                kind.group(),
                kind.kind(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText());
        if (inventory.synced().containsKey(id)) {
            digests.put(id.toString(), digest(metadata));
        }
    }

    private static String digest(JsonNode metadata) {
        StringBuilder seen = new StringBuilder(metadata.path("uid").asText());
        for (JsonNode entry : metadata.path("managedFields")) {
            String manager = entry.path("manager").asText();
            boolean ours = manager.equals(ObjectApi.FIELD_MANAGER)
                    && entry.path("operation").asText().equals("Apply");
            boolean people = manager.startsWith("kubectl")
                    && !entry.path("subresource").asText().equals("status");
            if (ours || people) {
                seen.append('\n').append(manager).append(' ').append(entry.path("fieldsV1"));
            }
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(seen.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
