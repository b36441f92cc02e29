package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares a live object with what a sync would make of it, field by field. */
final class FieldDiff {

    /** Written by the server at every request, or bookkeeping of its own. */
    private static final Set<String> SERVER_METADATA =
            Set.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

    private static final FieldPath METADATA = FieldPath.ROOT.field("metadata");

    private final List<Difference> found = new ArrayList<>();

    private FieldDiff() {}

    /**
     * A field that differs.
     *
     * @param live {@code null} where the field is absent
     * @param desired {@code null} where the field is absent
     */
    record Difference(FieldPath path, JsonNode live, JsonNode desired) {}

    /** The differences, in the order in which the objects name their fields. */
    static List<Difference> between(ObjectNode live, ObjectNode desired) {
        FieldDiff diff = new FieldDiff();
        diff.compare(FieldPath.ROOT, live, desired, FieldTree.of(live, desired));
        return diff.found;
    }

    private void compare(FieldPath path, JsonNode live, JsonNode desired, FieldTree tree) {
        if (live == null || desired == null) {
            if (live != desired) {
                found.add(new Difference(path, live, desired));
            }
        } else if (live.isObject() && desired.isObject()) {
            objects(path, live, desired, tree);
        } else if (live.isArray() && desired.isArray() && !live.equals(desired)) {
            arrays(path, live, desired, tree);
        } else if (!sameValue(live, desired)) {
            found.add(new Difference(path, live, desired));
        }
    }

    /** {@code 1} and {@code 1.0} are one number; an int and a long too. */
    private static boolean sameValue(JsonNode live, JsonNode desired) {
        if (live.isNumber() && desired.isNumber()) {
            return live.decimalValue().compareTo(desired.decimalValue()) == 0;
        }
        return live.equals(desired);
    }

    private void objects(FieldPath path, JsonNode live, JsonNode desired, FieldTree tree) {
        Set<String> names = new LinkedHashSet<>();
        live.fieldNames().forEachRemaining(names::add);
        desired.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (path.equals(METADATA) && SERVER_METADATA.contains(name)) {
                continue;
            }
            compare(path.field(name), live.get(name), desired.get(name), tree.at(Segments.field(name)));
        }
    }

    private void arrays(FieldPath path, JsonNode live, JsonNode desired, FieldTree tree) {
        List<String> keys = tree.listKeys();
        if (!keys.isEmpty()) {
            items(path, byPath(path, live, keys), byPath(path, desired, keys), tree);
        } else if (tree.isSet()) {
            members(path, live, desired);
        } else if (live.size() == desired.size() && allObjects(live) && allObjects(desired)) {
            for (int i = 0; i < live.size(); i++) {
                compare(path.index(i), live.get(i), desired.get(i), tree.at("i:" + i));
            }
        } else {
            found.add(new Difference(path, live, desired));
        }
    }

    private void items(
            FieldPath path, Map<FieldPath, JsonNode> live, Map<FieldPath, JsonNode> desired, FieldTree tree) {
        int before = found.size();
        Set<FieldPath> paths = new LinkedHashSet<>(live.keySet());
        paths.addAll(desired.keySet());
        for (FieldPath item : paths) {
            compare(item, live.get(item), desired.get(item), tree.at(item.last()));
        }
        // The order of containers and the like means something, so it is a difference of the list as a whole.
        if (found.size() == before && !List.copyOf(live.keySet()).equals(List.copyOf(desired.keySet()))) {
            found.add(new Difference(path, array(live), array(desired)));
        }
    }

    private static JsonNode array(Map<FieldPath, JsonNode> items) {
        var array = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        items.values().forEach(array::add);
        return array;
    }

    private static Map<FieldPath, JsonNode> byPath(FieldPath path, JsonNode list, List<String> keys) {
        Map<FieldPath, JsonNode> items = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            FieldPath item = path.item(list.get(i), keys);
            items.put(items.containsKey(item) ? path.index(i) : item, list.get(i));
        }
        return items;
    }

    private void members(FieldPath path, JsonNode live, JsonNode desired) {
        Set<JsonNode> before = new LinkedHashSet<>();
        live.forEach(before::add);
        Set<JsonNode> after = new LinkedHashSet<>();
        desired.forEach(after::add);
        boolean differ = false;
        for (JsonNode value : before) {
            if (!after.contains(value)) {
                found.add(new Difference(path.member(value), value, null));
                differ = true;
            }
        }
        for (JsonNode value : after) {
            if (!before.contains(value)) {
                found.add(new Difference(path.member(value), null, value));
                differ = true;
            }
        }
        if (!differ) {
            found.add(new Difference(path, live, desired));
        }
    }

    private static boolean allObjects(JsonNode list) {
        for (JsonNode item : list) {
            if (!item.isObject()) {
                return false;
            }
        }
        return true;
    }
}
