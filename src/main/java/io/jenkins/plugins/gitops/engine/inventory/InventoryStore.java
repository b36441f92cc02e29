package io.jenkins.plugins.gitops.engine.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads and writes the parent object of an app's ApplySet. The set's annotations are KEP-3659's, so that
 * {@code kubectl} sees what we see; the digests of what was last synced stand compressed in {@code binaryData}, and
 * where they are too large for that in {@linkplain Parts parts} that the parent names. Whatever was being written, the
 * parent is replaced in one request, after the parts that it names and before those that it no longer does.
 */
public final class InventoryStore {

    private static final ApiResource CONFIG_MAPS = new ApiResource(
            "", "v1", "ConfigMap", "configmaps", true, Set.of("get", "list", "patch", "create", "update", "delete"));
    private static final String REVISION = "gitops.jenkins.io/revision";
    private static final String REPOSITORY = "gitops.jenkins.io/repository";
    private static final String HOOKS_DIGEST = "gitops.jenkins.io/hooks";
    private static final String HOOKS = "hooks";
    private static final String SYNCED = "synced.json.gz";

    /** Names of the parts; there, and be it empty, since the first part was about to be written. */
    private static final String PARTS = "gitops.jenkins.io/inventory-parts";

    private static final int READS = 3;

    private final ObjectApi objects;
    private final ApplySet applySet;
    private final Parts parts;
    private final int largest;
    private String uid = "";
    private String version = "";
    private boolean exists;
    private boolean mayHaveParts;
    private Set<String> partNames = Set.of();

    public InventoryStore(ObjectApi objects, ApplySet applySet) {
        this(objects, applySet, Parts.LARGEST);
    }

    /** @param largest how many bytes of digests one ConfigMap may hold */
    InventoryStore(ObjectApi objects, ApplySet applySet, int largest) {
        this.objects = objects;
        this.applySet = applySet;
        this.parts = new Parts(objects, CONFIG_MAPS, applySet);
        this.largest = largest;
    }

    /** {@code metadata.uid} of the parent that was loaded: another cluster has another. Empty where there is none. */
    public String uid() {
        return uid;
    }

    /** Whether an object in the app's home namespace is the parent or a part of what it says. */
    public static boolean holds(ObjectNode object, ApplySet applySet) {
        JsonNode labels = object.path("metadata").path("labels");
        return labels.path(ApplySet.ID_LABEL).asText().equals(applySet.id()) || Parts.isPart(object, applySet);
    }

    /** What the parent says; {@link Inventory#EMPTY} where there is none. */
    public Inventory load() throws ClusterException, InterruptedException {
        for (int read = 0; read < READS; read++) {
            Optional<ObjectNode> parent = objects.get(CONFIG_MAPS, applySet.namespace(), applySet.parentName());
            version = version(parent.orElse(null));
            if (parent.isEmpty()) {
                return Inventory.EMPTY;
            }
            Optional<Inventory> inventory = inventory(parent.get());
            if (inventory.isPresent()) {
                return inventory.get();
            }
            // A sync that has ended just now has replaced the parent, and then deleted the parts of the one before.
        }
        throw damaged();
    }

    /** Whether the parent is as it was when it was loaded or saved: then no other sync has written since. */
    public boolean isCurrent() throws ClusterException, InterruptedException {
        Optional<ObjectNode> now = objects.getMetadata(CONFIG_MAPS, applySet.namespace(), applySet.parentName());
        return version.equals(version(now.orElse(null)));
    }

    private static String version(ObjectNode parent) {
        return parent == null
                ? ""
                : parent.path("metadata").path("resourceVersion").asText();
    }

    /** Empty where parts that it names are not there. */
    private Optional<Inventory> inventory(ObjectNode parent) throws ClusterException, InterruptedException {
        JsonNode metadata = parent.path("metadata");
        String id = metadata.path("labels").path(ApplySet.ID_LABEL).asText("");
        if (!id.equals(applySet.id())) {
            throw new ClusterException(
                    "ConfigMap " + applySet.namespace() + "/" + applySet.parentName()
                            + " exists and is not the inventory of this app",
                    "choose another app name, or remove that ConfigMap if nothing needs it");
        }
        exists = true;
        uid = metadata.path("uid").asText("");
        JsonNode annotations = metadata.path("annotations");
        mayHaveParts = annotations.has(PARTS);
        partNames = new LinkedHashSet<>(commaSeparated(annotations.path(PARTS)));
        Map<ObjectId, String> digests = new HashMap<>();
        Map<ObjectId, String> states = new HashMap<>();
        try {
            JsonNode inline = parent.path("binaryData").path(SYNCED);
            Optional<byte[]> bytes =
                    partNames.isEmpty() ? Optional.ofNullable(inline.binaryValue()) : parts.join(partNames);
            if (bytes.isPresent() && bytes.get().length > 0) {
                DigestFormat.read(bytes.get(), digests, states);
            } else if (!partNames.isEmpty()) {
                return Optional.empty();
            }
        } catch (IOException e) {
            throw damaged();
        }
        return Optional.of(new Inventory(
                true,
                new TreeSet<>(commaSeparated(annotations.path(ApplySet.GROUP_KINDS))),
                new TreeSet<>(commaSeparated(annotations.path(ApplySet.NAMESPACES))),
                digests,
                states,
                annotations.path(REVISION).asText(null),
                HookMemory.of(
                        ids(parent.path("data").path(HOOKS).asText("")),
                        annotations.path(HOOKS_DIGEST).asText(""))));
    }

    /** Writes the parent. The caller sees to it that its namespace exists. */
    public void save(Inventory inventory, String repository) throws ClusterException, InterruptedException {
        if (!exists) {
            // Of a parent that somebody has deleted.
            parts.keepOnly(Map.of(), partNames);
        }
        byte[] digests = DigestFormat.write(inventory.synced(), inventory.states());
        Map<String, byte[]> wanted = digests.length > largest ? parts.cut(digests, largest) : Map.of();
        if (!wanted.isEmpty()) {
            announceParts(inventory, repository);
            for (Map.Entry<String, byte[]> part : wanted.entrySet()) {
                if (!partNames.contains(part.getKey())) {
                    parts.write(part.getKey(), part.getValue());
                }
            }
        }
        ObjectNode parent = parent(inventory, repository);
        if (mayHaveParts) {
            annotations(parent).put(PARTS, String.join(",", wanted.keySet()));
        }
        if (wanted.isEmpty()) {
            parent.putObject("binaryData").put(SYNCED, digests);
        }
        version = version(
                objects.apply(CONFIG_MAPS, parent, true, ObjectApi.Mode.WRITE).object());
        exists = true;
        if (mayHaveParts) {
            parts.keepOnly(wanted, partNames);
        }
        partNames = new LinkedHashSet<>(wanted.keySet());
    }

    /** From now on whoever reads the parent knows that there may be parts, whatever becomes of those about to be written. */
    private void announceParts(Inventory inventory, String repository) throws ClusterException, InterruptedException {
        if (!exists) {
            save(inventory.beforeAnySync(), repository);
        }
        if (!mayHaveParts) {
            nameNoParts();
            mayHaveParts = true;
        }
    }

    private ObjectNode parent(Inventory inventory, String repository) {
        ObjectNode parent = JsonNodeFactory.instance.objectNode();
        parent.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = parent.putObject("metadata");
        metadata.put("name", applySet.parentName()).put("namespace", applySet.namespace());
        metadata.putObject("labels").put(ApplySet.ID_LABEL, applySet.id());
        ObjectNode annotations = annotations(parent);
        annotations
                .put(ApplySet.TOOLING, "jenkins-gitops/v1")
                .put(ApplySet.GROUP_KINDS, String.join(",", inventory.groupKinds()))
                .put(ApplySet.NAMESPACES, String.join(",", inventory.namespaces()))
                .put(REPOSITORY, repository);
        if (inventory.revision() != null) {
            annotations.put(REVISION, inventory.revision());
        }
        if (!inventory.hooks().digest().isEmpty()) {
            annotations.put(HOOKS_DIGEST, inventory.hooks().digest());
        }
        if (!inventory.hooks().left().isEmpty()) {
            parent.putObject("data").put(HOOKS, lines(inventory.hooks().left()));
        }
        return parent;
    }

    private static ObjectNode annotations(ObjectNode parent) {
        return parent.withObjectProperty("metadata").withObjectProperty("annotations");
    }

    /** Deletes the parts and then the parent, if there is one: nothing is left that it could tell of. */
    public void delete() throws ClusterException, InterruptedException {
        Optional<ObjectNode> parent = objects.get(CONFIG_MAPS, applySet.namespace(), applySet.parentName());
        if (parent.isPresent() && !partNames.isEmpty()) {
            // It must not name what is not there, and still be found.
            nameNoParts();
        }
        parts.keepOnly(Map.of(), partNames);
        if (parent.isPresent()) {
            String uid = parent.get().path("metadata").path("uid").asText();
            objects.delete(CONFIG_MAPS, applySet.namespace(), applySet.parentName(), uid, null);
        }
    }

    private void nameNoParts() throws ClusterException, InterruptedException {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "add")
                .put("path", "/metadata/annotations/" + PARTS.replace("/", "~1"))
                .put("value", "");
        objects.jsonPatch(CONFIG_MAPS, applySet.namespace(), applySet.parentName(), patch);
    }

    /** One {@code Kind.group/namespace/name} a line. */
    private static String lines(SortedSet<ObjectId> ids) {
        StringBuilder lines = new StringBuilder();
        ids.forEach(id -> lines.append(id.groupKind())
                .append('/')
                .append(id.namespace())
                .append('/')
                .append(id.name())
                .append('\n'));
        return lines.toString();
    }

    private static List<ObjectId> ids(String lines) {
        return lines.lines()
                .map(line -> line.split("/", 3))
                .filter(parts -> parts.length == 3)
                .map(parts -> ObjectId.of(parts[0], parts[1], parts[2]))
                .toList();
    }

    private static List<String> commaSeparated(JsonNode text) {
        return text.asText("").isEmpty() ? List.of() : List.of(text.asText().split(","));
    }

    private ClusterException damaged() {
        return new ClusterException(
                "the inventory in ConfigMap " + applySet.namespace() + "/" + applySet.parentName() + " is damaged",
                "delete that ConfigMap; the members are found again by their label");
    }
}
