package io.jenkins.plugins.gitops.engine.inventory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is too large for the parent, cut into immutable ConfigMaps beside it. Each has the digest of its content in its
 * name: what is being written never stands in the way of what the parent names now, and what has not changed is not
 * written again.
 */
final class Parts {

    /** How much of a ConfigMap's 1 MiB is used; the parent holds other things, too. */
    static final int LARGEST = 768 << 10;

    /** On every part: the id of the set. It is no member of it. */
    private static final String LABEL = "gitops.jenkins.io/inventory-of";

    private static final String CONTENT = "part";

    private final ObjectApi objects;
    private final ApiResource configMaps;
    private final ApplySet applySet;

    Parts(ObjectApi objects, ApiResource configMaps, ApplySet applySet) {
        this.objects = objects;
        this.configMaps = configMaps;
        this.applySet = applySet;
    }

    /** By the names that they have or will have, in their order. */
    Map<String, byte[]> cut(byte[] whole, int largest) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (int begin = 0; begin < whole.length; begin += largest) {
            byte[] part = Arrays.copyOfRange(whole, begin, Math.min(whole.length, begin + largest));
            String digest = HexFormat.of().formatHex(ApplySet.sha256(part), 0, 8);
            parts.put(applySet.parentName() + "." + digest, part);
        }
        return parts;
    }

    /**
     * What they make together; empty where one of them is not there.
     *
     * @throws IOException if that is no part of an inventory
     */
    Optional<byte[]> join(Collection<String> names) throws ClusterException, InterruptedException, IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (String name : names) {
            Optional<ObjectNode> part = objects.get(configMaps, applySet.namespace(), name);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            byte[] content = part.get().path("binaryData").path(CONTENT).binaryValue();
            whole.write(content == null ? new byte[0] : content);
            if (whole.size() > DigestFormat.LARGEST) {
                throw new IOException("more than an inventory can be");
            }
        }
        return Optional.of(whole.toByteArray());
    }

    void write(String name, byte[] content) throws ClusterException, InterruptedException {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        part.put("apiVersion", "v1").put("kind", "ConfigMap").put("immutable", true);
        ObjectNode metadata = part.putObject("metadata");
        metadata.put("name", name).put("namespace", applySet.namespace());
        metadata.putObject("labels").put(LABEL, applySet.id());
        part.putObject("binaryData").put(CONTENT, content);
        objects.apply(configMaps, part, true, ObjectApi.Mode.WRITE);
    }

    /**
     * Leaves exactly the wanted ones: deletes what a sync has left behind, however it ended, and writes again what another
     * one has taken for such.
     *
     * @param known names of parts that there may be, for a credential that may not list them
     */
    void keepOnly(Map<String, byte[]> wanted, Collection<String> known) throws ClusterException, InterruptedException {
        Map<String, String> uids = uids(known);
        for (Map.Entry<String, byte[]> part : wanted.entrySet()) {
            if (uids.remove(part.getKey()) == null) {
                write(part.getKey(), part.getValue());
            }
        }
        for (Map.Entry<String, String> part : uids.entrySet()) {
            objects.delete(configMaps, applySet.namespace(), part.getKey(), part.getValue(), null);
        }
    }

    private Map<String, String> uids(Collection<String> known) throws ClusterException, InterruptedException {
        Map<String, String> uids = new HashMap<>();
        ObjectApi.Sink see = part -> uids.put(
                part.path("metadata").path("name").asText(),
                part.path("metadata").path("uid").asText());
        try {
            objects.listMetadata(configMaps, applySet.namespace(), LABEL + "=" + applySet.id(), see);
        } catch (ApiException e) {
            if (e.code() != 403) {
                throw e;
            }
            for (String name : known) {
                Optional<ObjectNode> part = objects.get(configMaps, applySet.namespace(), name);
                if (part.isPresent()) {
                    see.accept(part.get());
                }
            }
        }
        return uids;
    }

    /** Whether an object in the app's home namespace is a part of its inventory. */
    static boolean isPart(ObjectNode object, ApplySet applySet) {
        return object.path("metadata").path("labels").path(LABEL).asText().equals(applySet.id());
    }
}
