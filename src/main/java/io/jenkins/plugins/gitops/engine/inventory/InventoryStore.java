package io.jenkins.plugins.gitops.engine.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reads and writes the parent object of an app's ApplySet. The set's annotations are KEP-3659's, so that
 * {@code kubectl} sees what we see; the digests of what was last synced stand compressed in {@code binaryData}.
 */
public final class InventoryStore {

    private static final ApiResource CONFIG_MAPS = new ApiResource(
            "", "v1", "ConfigMap", "configmaps", true, Set.of("get", "list", "patch", "create", "update", "delete"));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String REVISION = "gitops.jenkins.io/revision";
    private static final String REPOSITORY = "gitops.jenkins.io/repository";
    private static final String HOOKS_DIGEST = "gitops.jenkins.io/hooks";
    private static final String HOOKS = "hooks";
    private static final String SYNCED = "synced.json.gz";
    private static final int LARGEST_STATE = 64 << 20;

    private final ObjectApi objects;
    private final ApplySet applySet;
    private String uid = "";

    public InventoryStore(ObjectApi objects, ApplySet applySet) {
        this.objects = objects;
        this.applySet = applySet;
    }

    /** {@code metadata.uid} of the parent that was loaded: another cluster has another. Empty where there is none. */
    public String uid() {
        return uid;
    }

    /** What the parent says; {@link Inventory#EMPTY} where there is none. */
    public Inventory load() throws ClusterException, InterruptedException {
        Optional<ObjectNode> parent = objects.get(CONFIG_MAPS, applySet.namespace(), applySet.parentName());
        if (parent.isEmpty()) {
            return Inventory.EMPTY;
        }
        JsonNode metadata = parent.get().path("metadata");
        String id = metadata.path("labels").path(ApplySet.ID_LABEL).asText("");
        if (!id.equals(applySet.id())) {
            throw new ClusterException(
                    "ConfigMap " + applySet.namespace() + "/" + applySet.parentName()
                            + " exists and is not the inventory of this app",
                    "choose another app name, or remove that ConfigMap if nothing needs it");
        }
        uid = metadata.path("uid").asText("");
        JsonNode annotations = metadata.path("annotations");
        SortedMap<ObjectId, String> digests = new TreeMap<>();
        SortedMap<ObjectId, String> states = new TreeMap<>();
        decode(parent.get().path("binaryData").path(SYNCED).asText(""), digests, states);
        return new Inventory(
                true,
                commaSeparated(annotations.path(ApplySet.GROUP_KINDS).asText("")),
                commaSeparated(annotations.path(ApplySet.NAMESPACES).asText("")),
                digests,
                states,
                annotations.path(REVISION).asText(null),
                HookMemory.of(
                        ids(parent.get().path("data").path(HOOKS).asText("")),
                        annotations.path(HOOKS_DIGEST).asText("")));
    }

    /** Writes the parent. The caller sees to it that its namespace exists. */
    public void save(Inventory inventory, String repository) throws ClusterException, InterruptedException {
        ObjectNode parent = MAPPER.createObjectNode();
        parent.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = parent.putObject("metadata");
        metadata.put("name", applySet.parentName()).put("namespace", applySet.namespace());
        metadata.putObject("labels").put(ApplySet.ID_LABEL, applySet.id());
        ObjectNode annotations = metadata.putObject("annotations");
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
        parent.putObject("binaryData").put(SYNCED, encoded(inventory));
        objects.apply(CONFIG_MAPS, parent, true, ObjectApi.Mode.WRITE);
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
                .map(parts -> id(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Deletes the parent, if there is one: nothing is left that it could tell of. */
    public void delete() throws ClusterException, InterruptedException {
        Optional<ObjectNode> parent = objects.get(CONFIG_MAPS, applySet.namespace(), applySet.parentName());
        if (parent.isPresent()) {
            String uid = parent.get().path("metadata").path("uid").asText();
            objects.delete(CONFIG_MAPS, applySet.namespace(), applySet.parentName(), uid, null);
        }
    }

    private static SortedSet<String> commaSeparated(String text) {
        return text.isEmpty() ? new TreeSet<>() : new TreeSet<>(Arrays.asList(text.split(",")));
    }

    /** {@code {"<namespace>": {"<Kind.group>": {"<name>": "<digest>[ <state>]"}}}}, compressed. */
    private static String encoded(Inventory inventory) {
        ObjectNode json = MAPPER.createObjectNode();
        inventory.synced().forEach((id, digest) -> {
            String state = inventory.states().get(id);
            json.withObjectProperty(id.namespace())
                    .withObjectProperty(id.groupKind())
                    .put(id.name(), state == null ? digest : digest + " " + state);
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(MAPPER.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private void decode(String encoded, Map<ObjectId, String> digests, Map<ObjectId, String> states)
            throws ClusterException {
        if (encoded.isEmpty()) {
            return;
        }
        JsonNode json;
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(encoded)))) {
            json = MAPPER.readTree(new String(gzip.readNBytes(LARGEST_STATE), StandardCharsets.UTF_8));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw damaged();
        } catch (IOException e) {
            throw damaged();
        }
        json.properties().forEach(namespace -> namespace.getValue().properties().forEach(kind -> kind.getValue()
                .properties()
                .forEach(name -> {
                    ObjectId id = id(kind.getKey(), namespace.getKey(), name.getKey());
                    String[] known = name.getValue().asText().split(" ", 2);
                    digests.put(id, known[0]);
                    if (known.length > 1) {
                        states.put(id, known[1]);
                    }
                })));
    }

    private static ObjectId id(String groupKind, String namespace, String name) {
        int dot = groupKind.indexOf('.');
        return dot < 0
                ? new ObjectId("", groupKind, namespace, name)
                : new ObjectId(groupKind.substring(dot + 1), groupKind.substring(0, dot), namespace, name);
    }

    private ClusterException damaged() {
        return new ClusterException(
                "the inventory in ConfigMap " + applySet.namespace() + "/" + applySet.parentName() + " is damaged",
                "delete that ConfigMap; the members are found again by their label");
    }
}
