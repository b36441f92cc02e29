package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes an object at random, the way people and programs change objects. */
final class ObjectMutator {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] VALUES = {
        "1", "1000m", "1Gi", "1024Mi", "a", "true", "", "web:2", "x-y", "0.5", "500m"
    };

    private final Random random;

    ObjectMutator(Random random) {
        this.random = random;
    }

    /** Changes the object in place; what makes it which object it is stays. */
    void mutate(ObjectNode object) {
        if (random.nextInt(4) == 0) {
            ObjectNode metadata = (ObjectNode) object.get("metadata");
            mutateStrings(metadata.withObjectProperty(random.nextBoolean() ? "labels" : "annotations"));
            return;
        }
        List<ObjectNode> maps = new ArrayList<>();
        List<ArrayNode> lists = new ArrayList<>();
        for (var field : object.properties()) {
            if (!List.of("apiVersion", "kind", "metadata", "status").contains(field.getKey())) {
                collect(field.getValue(), maps, lists);
            }
        }
        if (!lists.isEmpty() && random.nextInt(3) == 0) {
            mutate(lists.get(random.nextInt(lists.size())));
        } else if (!maps.isEmpty()) {
            mutateMap(maps.get(random.nextInt(maps.size())));
        }
    }

    /**
     * Git takes over what stands in the cluster, as people do who copy from {@code kubectl get -o yaml}: somewhere in the
     * object, a value that others set or that the server filled in.
     */
    void adopt(ObjectNode object, JsonNode live) {
        List<String> names = new ArrayList<>();
        live.fieldNames().forEachRemaining(names::add);
        names.removeAll(List.of("apiVersion", "kind", "status"));
        String name = names.get(random.nextInt(names.size()));
        if (!name.equals("metadata")) {
            adopt(object, name, live.get(name));
            return;
        }
        for (String key : List.of("labels", "annotations")) {
            if (live.path("metadata").has(key)) {
                adopt(
                        (ObjectNode) object.get("metadata"),
                        key,
                        live.path("metadata").get(key));
            }
        }
    }

    private void adopt(ObjectNode map, String name, JsonNode value) {
        JsonNode mine = map.get(name);
        boolean deeper = random.nextInt(4) > 0;
        if (deeper && mine instanceof ObjectNode below && value.isObject() && !value.isEmpty()) {
            List<String> names = new ArrayList<>();
            value.fieldNames().forEachRemaining(names::add);
            String next = names.get(random.nextInt(names.size()));
            adopt(below, next, value.get(next));
        } else if (deeper && mine instanceof ArrayNode list && value.isArray() && !value.isEmpty()) {
            int at = random.nextInt(value.size());
            if (at < list.size()
                    && list.get(at) instanceof ObjectNode item
                    && value.get(at).isObject()) {
                List<String> names = new ArrayList<>();
                value.get(at).fieldNames().forEachRemaining(names::add);
                if (!names.isEmpty()) {
                    String next = names.get(random.nextInt(names.size()));
                    adopt(item, next, value.get(at).get(next));
                }
            } else if (at >= list.size()) {
                list.add(value.get(at).deepCopy());
            }
        } else {
            map.set(name, value.deepCopy());
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> maps, List<ArrayNode> lists) {
        if (node instanceof ObjectNode map) {
            maps.add(map);
        } else if (node instanceof ArrayNode list) {
            lists.add(list);
        }
        node.forEach(child -> collect(child, maps, lists));
    }

    private void mutateStrings(ObjectNode map) {
        String key = random.nextInt(3) == 0 ? "example.org/k" + random.nextInt(3) : pick(map, "app");
        switch (random.nextInt(3)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(key, "v" + random.nextInt(3));
            default -> map.put("extra" + random.nextInt(3), "v" + random.nextInt(2));
        }
    }

    private void mutateMap(ObjectNode map) {
        String key = pick(map, "extra");
        JsonNode value = map.get(key);
        switch (random.nextInt(8)) {
            case 0 -> map.remove(key);
            case 1 -> map.putNull(key);
            case 2 -> {
                // Mostly an unknown field, which the server refuses; but a key of its own where any is allowed.
                boolean texts = !map.isEmpty()
                        && map.properties().stream().allMatch(e -> e.getValue().isTextual());
                map.put(texts ? "extra" + random.nextInt(3) : key, VALUES[random.nextInt(VALUES.length)]);
            }
            case 3 -> map.set(key, empty(value));
            default -> map.set(key, changed(value));
        }
    }

    private void mutate(ArrayNode list) {
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!list.isEmpty()) {
                    list.remove(random.nextInt(list.size()));
                }
            }
            case 1 -> {
                List<JsonNode> items = new ArrayList<>();
                list.forEach(items::add);
                Collections.shuffle(items, random);
                list.removeAll();
                items.forEach(list::add);
            }
            case 2 -> {
                if (!list.isEmpty()) {
                    list.insert(random.nextInt(list.size() + 1), renamed(list.get(random.nextInt(list.size()))));
                }
            }
            default -> {
                if (!list.isEmpty() && list.get(0).isValueNode()) {
                    int at = random.nextInt(list.size());
                    list.set(at, changed(list.get(at)));
                }
            }
        }
    }

    /** A copy of an item under another name, so that it is an item of its own in a keyed list. */
    private JsonNode renamed(JsonNode item) {
        if (!(item instanceof ObjectNode)) {
            return changed(item);
        }
        ObjectNode copy = item.deepCopy();
        for (String key : List.of("name", "mountPath", "key", "host")) {
            if (copy.has(key)) {
                copy.put(key, (key.equals("mountPath") ? "/n" : "n") + random.nextInt(4));
                return copy;
            }
        }
        for (String key : List.of("containerPort", "port", "hostPort")) {
            if (copy.has(key)) {
                copy.put(key, 1000 + random.nextInt(4));
            }
        }
        return copy;
    }

    private JsonNode empty(JsonNode value) {
        if (value != null && value.isArray()) {
            return JSON.arrayNode();
        }
        return value != null && value.isObject() ? JSON.objectNode() : JSON.textNode("");
    }

    private JsonNode changed(JsonNode value) {
        if (value == null || value.isTextual()) {
            return JSON.textNode(VALUES[random.nextInt(VALUES.length)]);
        }
        if (value.isBoolean()) {
            return JSON.booleanNode(random.nextBoolean());
        }
        if (value.isNumber()) {
            return random.nextInt(6) == 0
                    ? JSON.textNode(value.asText())
                    : JSON.numberNode(value.asInt() + random.nextInt(3));
        }
        JsonNode copy = value.deepCopy();
        if (copy instanceof ObjectNode map) {
            mutateMap(map);
        } else if (copy instanceof ArrayNode list) {
            mutate(list);
        }
        return copy;
    }

    private String pick(ObjectNode map, String otherwise) {
        List<String> names = new ArrayList<>();
        map.fieldNames().forEachRemaining(names::add);
        return names.isEmpty() ? otherwise : names.get(random.nextInt(names.size()));
    }
}
