package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.annotation.DependsOn;
import io.jenkins.plugins.gitops.engine.annotation.SyncWave;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where each object stands in the order: first by its wave, then by its depth among the dependencies of that wave, then by
 * its kind. What makes places and kinds exist and names no wave comes in the first one, whatever that is.
 */
final class Order {

    private final Map<ObjectId, JsonNode> objects = new LinkedHashMap<>();
    private final Map<ObjectId, List<ObjectId>> named = new LinkedHashMap<>();
    private final Map<ObjectId, Integer> waves = new HashMap<>();
    private final Map<ObjectId, Integer> depths = new HashMap<>();

    /** @param objects what Git declares, or what is in the cluster where it is pruned */
    Order(Map<ObjectId, ? extends JsonNode> objects) {
        this.objects.putAll(objects);
        List<ObjectId> waveless = new ArrayList<>();
        int first = 0;
        for (Map.Entry<ObjectId, ? extends JsonNode> entry : objects.entrySet()) {
            OptionalInt wave = SyncWave.of(entry.getValue());
            if (wave.isPresent()) {
                waves.put(entry.getKey(), wave.getAsInt());
                first = Math.min(first, wave.getAsInt());
            } else if (stage(entry.getKey()) == Stage.DEFINITIONS) {
                waveless.add(entry.getKey());
            }
            List<ObjectId> dependencies = DependsOn.of(entry.getValue());
            if (!dependencies.isEmpty()) {
                named.put(entry.getKey(), dependencies);
            }
        }
        for (ObjectId definition : waveless) {
            waves.put(definition, first);
        }
        Map<Integer, Integer> deepest = new HashMap<>();
        for (ObjectId id : this.objects.keySet()) {
            deepest.merge(wave(id), depth(id, new HashSet<>()), Math::max);
        }
        // What may refuse others stays last in its wave, but where somebody has said otherwise.
        Set<ObjectId> needed = new HashSet<>();
        named.keySet().forEach(id -> needed.addAll(dependencies(id)));
        for (ObjectId id : this.objects.keySet()) {
            if (stage(id) == Stage.ADMISSION && !needed.contains(id) && depths.get(id) == 0) {
                depths.put(id, deepest.get(wave(id)));
            }
        }
    }

    /** The wave in which an object is applied. */
    int wave(ObjectId id) {
        return waves.getOrDefault(id, 0);
    }

    /** How many objects of its wave must be healthy one after the other before it. */
    int depth(ObjectId id) {
        return depths.getOrDefault(id, 0);
    }

    /** What an object depends on, by its own word and as far as it is part of the order. */
    List<ObjectId> dependencies(ObjectId id) {
        return named(id).stream().filter(objects::containsKey).toList();
    }

    /** What an object names as its dependencies. */
    List<ObjectId> named(ObjectId id) {
        return named.getOrDefault(id, List.of());
    }

    Collection<ObjectId> ids() {
        return objects.keySet();
    }

    JsonNode object(ObjectId id) {
        return objects.get(id);
    }

    static Stage stage(ObjectId id) {
        return Stage.of(id.group(), id.kind());
    }

    private int depth(ObjectId id, Set<ObjectId> under) {
        Integer known = depths.get(id);
        if (known != null) {
            return known;
        }
        int depth = 0;
        under.add(id);
        for (ObjectId dependency : dependencies(id)) {
            // A circle is an error where it is declared; where it is pruned it must not keep anything back.
            if (wave(dependency) == wave(id) && !under.contains(dependency)) {
                depth = Math.max(depth, 1 + depth(dependency, under));
            }
        }
        under.remove(id);
        depths.put(id, depth);
        return depth;
    }

    /** A circle of dependencies that begins and ends with the same object; empty where there is none. */
    List<ObjectId> circle() {
        Set<ObjectId> done = new HashSet<>();
        for (ObjectId id : named.keySet()) {
            List<ObjectId> path = new ArrayList<>();
            if (circle(id, path, done)) {
                return path.subList(path.indexOf(path.get(path.size() - 1)), path.size());
            }
        }
        return List.of();
    }

    private boolean circle(ObjectId id, List<ObjectId> path, Set<ObjectId> done) {
        boolean met = path.contains(id);
        path.add(id);
        if (met) {
            return true;
        }
        if (!done.contains(id)) {
            for (ObjectId dependency : dependencies(id)) {
                if (circle(dependency, path, done)) {
                    return true;
                }
            }
            done.add(id);
        }
        path.remove(path.size() - 1);
        return false;
    }
}
