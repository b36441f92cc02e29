package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * List items that a person put in the place of declared ones. A hand that changes the key of an item, such as a Service's
 * port, makes it another item: an apply then adds the declared one beside it, and the server refuses the two together
 * (their names are equal, say). They can only be exchanged, in one request.
 */
final class Obstacles {

    private final ObjectNode live;
    private final JsonNode desired;
    private final Set<FieldPath> strangers = new LinkedHashSet<>();
    private final Map<FieldPath, List<JsonNode>> absent = new LinkedHashMap<>();

    private Obstacles(ObjectNode live, JsonNode desired) {
        this.live = live;
        this.desired = desired;
    }

    /**
     * @param live the object as it is
     * @param desired what Git declares
     */
    static Obstacles of(ObjectNode live, JsonNode desired, FieldOwners owners) {
        Obstacles obstacles = new Obstacles(live, desired);
        for (FieldOwners.Owner owner : owners.all()) {
            if (!owner.isOurs() && FieldManagers.isByHand(owner.manager())) {
                obstacles.collect(FieldPath.ROOT, owner.fields());
            }
        }
        return obstacles;
    }

    boolean isEmpty() {
        return strangers.isEmpty();
    }

    private void collect(FieldPath path, JsonNode fields) {
        List<String> keyed = new ArrayList<>();
        fields.properties().forEach(field -> {
            if (field.getKey().startsWith("k:") && field.getValue().has(".")) {
                keyed.add(field.getKey());
            }
            if (!field.getKey().equals(".")) {
                collect(path.plus(field.getKey()), field.getValue());
            }
        });
        JsonNode declared = Values.at(desired, path);
        JsonNode present = Values.at(live, path);
        if (keyed.isEmpty() || declared == null || present == null) {
            return;
        }
        List<String> names = Values.keyNames(keyed.get(0));
        List<JsonNode> missing = new ArrayList<>();
        declared.forEach(item -> {
            if (!hasLike(present, item, names)) {
                missing.add(item);
            }
        });
        List<FieldPath> foreign = keyed.stream()
                .map(path::plus)
                .filter(item -> Values.at(live, item) != null)
                .filter(item -> !hasLike(declared, Values.at(live, item), names))
                .toList();
        if (!missing.isEmpty() && !foreign.isEmpty()) {
            strangers.addAll(foreign);
            absent.put(path, missing);
        }
    }

    /** Whether the list has an item with these keys; a key that either leaves to the server's default fits. */
    private static boolean hasLike(JsonNode list, JsonNode item, List<String> names) {
        for (JsonNode candidate : list) {
            boolean fits = true;
            for (String name : names) {
                JsonNode one = item.get(name);
                JsonNode other = candidate.get(name);
                fits &= one == null || other == null || one.equals(other);
            }
            if (fits) {
                return true;
            }
        }
        return false;
    }

    /** The operations of a JSON patch that exchanges them. */
    ArrayNode exchange() {
        ArrayNode operations = Additions.removal(live, strangers);
        absent.forEach((path, items) -> items.forEach(item -> operations
                .addObject()
                .put("op", "add")
                .put("path", Values.pointer(live, path) + "/-")
                .set("value", item)));
        return operations;
    }
}
