package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the claims that other tools have on an object's fields ours: from then on a field that leaves Git leaves the object
 * too, which the old claim would have prevented for ever. The marks by which a tool knows its own objects go with it, so
 * that the tool does not delete what it has given up. No value changes but for fields that the tool has set and that Git
 * does not declare.
 */
public final class TakeOver {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Set<Tool> tools;

    /** @param tools those that were asked for; what {@code kubectl apply} has left is taken over in any case, once */
    public TakeOver(Set<Tool> tools) {
        this.tools = Set.copyOf(tools);
    }

    /** Whether the object has claims or marks that are to become ours. */
    public boolean isNeeded(ObjectNode live, JsonNode desired) {
        return !entries(live).isEmpty() || !marks(live, desired).isEmpty();
    }

    /** Whether one of the tools that were asked for has to do with the object. */
    boolean isAskedFor(ObjectNode live, JsonNode desired) {
        return !names(live, desired).isEmpty();
    }

    /** The tools that it is taken over from, such as {@code Flux}; empty where none was asked for. */
    String names(ObjectNode live, JsonNode desired) {
        return tools.stream()
                .sorted()
                .filter(tool ->
                        isKeptBy(tool, live) || !marks(tool, live, desired).isEmpty())
                .map(Tool::title)
                .collect(Collectors.joining(", "));
    }

    private static boolean isKeptBy(Tool tool, ObjectNode live) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (isOfObject(entry) && tool.isManager(entry.path("manager").asText())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The fields that leave the object: set by such a tool, not declared, and nobody else's.
     *
     * @param claim what we own after an apply
     */
    Map<FieldPath, FieldOwners.Owner> leaving(ObjectNode live, JsonNode desired, JsonNode claim) {
        Map<FieldPath, FieldOwners.Owner> leaving = new LinkedHashMap<>();
        Set<JsonNode> taken = Set.copyOf(entries(live));
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (!taken.contains(entry) && !isOurs(entry)) {
                others.add(entry.path("fieldsV1"));
            }
        }
        for (JsonNode entry : taken) {
            FieldOwners.Owner owner = FieldOwners.owner(entry);
            collect(FieldPath.ROOT, entry.path("fieldsV1"), claim, others, live, owner, leaving);
        }
        for (FieldPath mark : marks(live, desired)) {
            leaving.putIfAbsent(mark, FieldOwners.of(live).foreignOwner(mark));
        }
        return leaving;
    }

    private static void collect(
            FieldPath path,
            JsonNode fields,
            JsonNode claim,
            List<JsonNode> others,
            ObjectNode live,
            FieldOwners.Owner owner,
            Map<FieldPath, FieldOwners.Owner> leaving) {
        fields.properties().forEach(field -> {
            String segment = field.getKey();
            if (segment.equals(".")) {
                return;
            }
            FieldPath below = path.plus(segment);
            boolean kept = claim.has(segment);
            List<JsonNode> othersBelow = others.stream()
                    .map(other -> other.get(segment))
                    .filter(other -> other != null)
                    .toList();
            boolean whole = field.getValue().isEmpty() || segment.startsWith("k:") && !kept && othersBelow.isEmpty();
            if (!whole) {
                collect(below, field.getValue(), claim.path(segment), othersBelow, live, owner, leaving);
            } else if (!kept && othersBelow.isEmpty() && Values.at(live, below) != null) {
                leaving.putIfAbsent(below, owner);
            }
        });
    }

    /**
     * The JSON patch that makes the claims ours, guarded by the resource version.
     *
     * @param desired what Git declares
     */
    public ArrayNode patch(ObjectNode live, JsonNode desired) {
        JsonNode metadata = live.path("metadata");
        List<JsonNode> taken = entries(live);
        ObjectNode ours = null;
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : metadata.path("managedFields")) {
            if (isOurs(entry)) {
                ours = entry.deepCopy();
            } else if (!taken.contains(entry)) {
                entries.add(entry.deepCopy());
            }
        }
        for (JsonNode entry : taken) {
            ours = ours == null ? renamed(entry) : merged(ours, entry);
        }
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        operations
                .addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", metadata.path("resourceVersion").asText());
        if (ours != null && !taken.isEmpty()) {
            entries.add(ours);
            operations
                    .addObject()
                    .put("op", "replace")
                    .put("path", "/metadata/managedFields")
                    .set("value", entries);
        }
        for (FieldPath mark : marks(live, desired)) {
            operations.addObject().put("op", "remove").put("path", Values.pointer(live, mark));
        }
        return operations;
    }

    /** The claims that become ours; another one of our own is what a patch of ours has left. */
    private List<JsonNode> entries(ObjectNode live) {
        boolean first = FieldOwners.of(live).ours() == null;
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            String manager = entry.path("manager").asText();
            boolean leftover = manager.equals(ObjectApi.FIELD_MANAGER) && !isOurs(entry);
            boolean asked = tools.stream().anyMatch(tool -> tool.isManager(manager));
            boolean clientSide = first
                    && Tool.isLeftByApply(manager)
                    && entry.path("operation").asText().equals("Update");
            if (isOfObject(entry) && (leftover || asked || clientSide)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private List<FieldPath> marks(ObjectNode live, JsonNode desired) {
        List<FieldPath> marks = new ArrayList<>();
        tools.stream().sorted().forEach(tool -> marks.addAll(marks(tool, live, desired)));
        FieldPath lastApplied = annotation(LAST_APPLIED);
        if (!marks.contains(lastApplied) && !entries(live).isEmpty() && Values.at(live, lastApplied) != null) {
            marks.add(lastApplied);
        }
        return marks;
    }

    /** What stays on the object since Git declares it is no mark of the tool. */
    private static List<FieldPath> marks(Tool tool, ObjectNode live, JsonNode desired) {
        List<FieldPath> marks = new ArrayList<>();
        tool.labels()
                .forEach(name -> marks.add(
                        FieldPath.ROOT.field("metadata").field("labels").field(name)));
        tool.annotations().forEach(name -> marks.add(annotation(name)));
        marks.removeIf(mark -> Values.at(live, mark) == null || Values.at(desired, mark) != null);
        // A label that many charts set is Argo CD's only where Argo CD has to do with the object.
        marks.removeIf(mark -> mark.last().equals("f:app.kubernetes.io/instance") && !isKeptBy(tool, live));
        return marks;
    }

    private static FieldPath annotation(String name) {
        return FieldPath.ROOT.field("metadata").field("annotations").field(name);
    }

    private static boolean isOfObject(JsonNode entry) {
        return entry.path("subresource").asText("").isEmpty();
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path("manager").asText().equals(ObjectApi.FIELD_MANAGER)
                && entry.path("operation").asText().equals("Apply")
                && isOfObject(entry);
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
