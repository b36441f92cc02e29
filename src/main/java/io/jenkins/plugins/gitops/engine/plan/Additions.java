package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Fields that Git does not declare and that somebody added: a person by hand, another applier, or another client. A
 * re-apply leaves them alone, since another manager owns them; {@code managedFields} tells that they are there. What a
 * {@linkplain FieldManagers controller} owns (a scaled replica count, an injected sidecar) and what the server filled in is
 * no addition.
 */
final class Additions {

    private final ObjectNode live;
    private final JsonNode desired;
    private final FieldOwners owners;
    private final Map<FieldPath, FieldOwners.Owner> found = new LinkedHashMap<>();

    private Additions(ObjectNode live, JsonNode desired, FieldOwners owners) {
        this.live = live;
        this.desired = desired;
        this.owners = owners;
    }

    /**
     * @param live the object as it is
     * @param desired what Git declares
     * @param claim what we own after an apply: the server's own word for what is declared, with the keys of list items that
     *     Git leaves to their defaults
     */
    static Additions of(ObjectNode live, JsonNode desired, FieldOwners owners, JsonNode claim) {
        Additions additions = new Additions(live, asStored(desired), owners);
        for (FieldOwners.Owner owner : owners.all()) {
            if (!owner.subresource().equals("status") && !FieldManagers.isController(owner, owners)) {
                additions.collect(FieldPath.ROOT, owner.fields(), claim, owner);
            }
        }
        return additions;
    }

    /** A Secret declared as the server stores it: what {@code stringData} holds is in {@code data}. */
    private static JsonNode asStored(JsonNode desired) {
        if (!SecretMask.isSecret(desired) || !desired.path("stringData").isObject()) {
            return desired;
        }
        ObjectNode stored = desired.deepCopy();
        ObjectNode data = stored.withObjectProperty("data");
        // Only the keys matter here.
        stored.path("stringData").fieldNames().forEachRemaining(data::putNull);
        return stored;
    }

    private void collect(FieldPath path, JsonNode fields, JsonNode claim, FieldOwners.Owner owner) {
        fields.properties().forEach(field -> {
            String segment = field.getKey();
            if (segment.equals(".") || isKey(path, segment)) {
                return;
            }
            FieldPath below = path.plus(segment);
            JsonNode claimed = claim.path(segment);
            boolean declared = !claimed.isMissingNode() || Values.at(desired, below) != null;
            // An item of a list goes as a whole; a map may hold what others put into it.
            boolean whole = field.getValue().isEmpty()
                    || segment.startsWith("k:") && field.getValue().has(".") && !declared;
            if (!whole) {
                collect(below, field.getValue(), claimed, owner);
            } else if (!declared && Values.at(live, below) != null && isMeant(below)) {
                found.putIfAbsent(below, owner);
            }
        });
    }

    /** The key of a list item may be one that Git leaves to its default; it goes with the item or stays with it. */
    private static boolean isKey(FieldPath path, String segment) {
        return path.isItem() && Values.keyNames(path.last()).contains(segment.substring(2));
    }

    /** {@code kubectl}'s own bookkeeping is nothing that a person meant. */
    private static boolean isMeant(FieldPath path) {
        return !path.last().equals("f:kubectl.kubernetes.io/last-applied-configuration")
                && !path.last().equals("f:kubectl.kubernetes.io/restartedAt");
    }

    /** A field that was set without leaving an owner. */
    void add(FieldPath path) {
        found.put(path, new FieldOwners.Owner(null, "", "", "", JsonNodeFactory.instance.objectNode()));
    }

    boolean has(FieldPath path) {
        return found.containsKey(path);
    }

    void remove(FieldPath path) {
        found.remove(path);
    }

    /** Forgets those that rules ignore. */
    void removeIgnored(IgnoredFields ignored) {
        found.entrySet()
                .removeIf(
                        added -> ignored.takes(added.getKey(), added.getValue().manager()));
    }

    List<FieldChange> fields() {
        return fields(found.keySet());
    }

    /** Those that a person set by hand; what another program has set it would only set again. */
    List<FieldChange> byHand() {
        return fields(pathsByHand());
    }

    /** Those that were not set by hand. */
    List<FieldChange> byPrograms() {
        Set<FieldPath> others = new LinkedHashSet<>(found.keySet());
        others.removeAll(pathsByHand());
        return fields(others);
    }

    private Set<FieldPath> pathsByHand() {
        Set<FieldPath> paths = new LinkedHashSet<>();
        found.forEach((path, owner) -> {
            if (owner.manager() == null || FieldManagers.isByHand(owner.manager())) {
                paths.add(path);
            }
        });
        return paths;
    }

    private List<FieldChange> fields(Set<FieldPath> paths) {
        ObjectNode shown = SecretMask.mask(live);
        List<FieldChange> fields = new ArrayList<>();
        for (FieldPath path : paths) {
            FieldOwners.Owner owner = found.get(path);
            fields.add(new FieldChange(
                    path.toString(), Values.at(shown, path), null, Cause.DRIFT, owner.manager(), owner.time()));
        }
        return fields;
    }

    /** The highest thing that came with a field: a part of it may not do without the rest. */
    private FieldPath wholeOf(FieldPath path) {
        FieldPath whole = path;
        while (whole.segments().size() > 1 && cameWith(whole.parent(), path)) {
            whole = whole.parent();
        }
        return whole;
    }

    private boolean cameWith(FieldPath above, FieldPath path) {
        FieldOwners.Owner owner = found.get(path);
        return !above.segments().get(0).equals("f:metadata")
                && Values.at(desired, above) == null
                && owners.all().stream().noneMatch(other -> other != owner && other.owns(above));
    }

    /**
     * Forgets what whoever made the object owns and has not set: on a create the server puts its defaults down to them.
     *
     * @param fresh what the server would make of the declared object if there were none
     */
    void removeDefaults(ObjectNode fresh) {
        FieldOwners.Owner maker = owners.first();
        found.entrySet()
                .removeIf(added -> added.getValue() == maker
                        && Objects.equals(Values.at(fresh, added.getKey()), Values.at(live, added.getKey())));
    }

    /** Whether something is put down to whoever made the object. */
    boolean isOfMaker() {
        FieldOwners.Owner maker = owners.first();
        return maker != null && maker.operation().equals("Update") && found.containsValue(maker);
    }

    /** A JSON patch that removes those that were set by hand, and fails if one of them has changed since. */
    ArrayNode removal() {
        Set<FieldPath> paths = new LinkedHashSet<>();
        pathsByHand().forEach(path -> paths.add(wholeOf(path)));
        return removal(live, paths);
    }

    static ArrayNode removal(ObjectNode live, Set<FieldPath> fields) {
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        // From the back, so that the index of an item does not move before it is removed.
        List<FieldPath> paths = new ArrayList<>(fields);
        paths.sort((one, other) -> Values.order(live, other, one));
        for (FieldPath path : paths) {
            String pointer = Values.pointer(live, path);
            operations.addObject().put("op", "test").put("path", pointer).set("value", Values.at(live, path));
            operations.addObject().put("op", "remove").put("path", pointer);
        }
        return operations;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }
}
