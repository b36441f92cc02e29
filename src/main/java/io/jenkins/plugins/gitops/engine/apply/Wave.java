package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A wave: everything in it is healthy before the next one begins.
 *
 * @param steps in the order in which they are applied
 */
public record Wave(int number, List<Step> steps) {

    /**
     * What may be carried out side by side.
     *
     * @param definitions whether others need it to exist before they can even be verified
     * @param dependencies what must be healthy first
     */
    public record Step(boolean definitions, List<Change> changes, List<HookTask> hooks, List<ObjectId> dependencies) {}

    private record Place(int wave, int depth, Stage stage) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::wave)
                .thenComparingInt(Place::depth)
                .thenComparing(Place::stage);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    public List<Change> changes() {
        return steps.stream().flatMap(step -> step.changes().stream()).toList();
    }

    public List<HookTask> hooks() {
        return steps.stream().flatMap(step -> step.hooks().stream()).toList();
    }

    public List<Target> targets() {
        return changes().stream().map(Change::target).toList();
    }

    /** Whether anything in it is to be done. */
    public boolean writes() {
        return !hooks().isEmpty()
                || changes().stream().anyMatch(change -> change.action().writes());
    }

    /**
     * The waves in the order in which they are applied.
     *
     * @param hooks those that run with the objects
     */
    public static List<Wave> of(Collection<Change> changes, Collection<HookTask> hooks) {
        Order order = new Order(objects(changes));
        Map<Place, List<Change>> placed = new TreeMap<>();
        Map<Place, List<HookTask>> placedHooks = new TreeMap<>();
        changes.forEach(change -> placed.computeIfAbsent(place(order, change.id()), at -> new ArrayList<>())
                .add(change));
        hooks.forEach(task -> placedHooks
                .computeIfAbsent(new Place(task.wave(), 0, Order.stage(task.id())), at -> new ArrayList<>())
                .add(task));
        placedHooks.keySet().forEach(place -> placed.computeIfAbsent(place, at -> new ArrayList<>()));
        Map<Integer, List<Step>> waves = new TreeMap<>();
        placed.forEach((place, members) -> waves.computeIfAbsent(place.wave(), number -> new ArrayList<>())
                .add(new Step(
                        place.stage() == Stage.DEFINITIONS,
                        List.copyOf(members),
                        List.copyOf(placedHooks.getOrDefault(place, List.of())),
                        dependencies(order, members))));
        List<Wave> result = new ArrayList<>();
        waves.forEach((number, steps) -> result.add(new Wave(number, List.copyOf(steps))));
        return result;
    }

    /** What is to be pruned, in the order in which it goes: the other way round, and last what asks for that. */
    static List<List<Change>> pruning(Collection<Change> changes) {
        List<List<Change>> steps = new ArrayList<>();
        for (boolean last : new boolean[] {false, true}) {
            List<List<Change>> some = new ArrayList<>();
            List<Change> those = changes.stream()
                    .filter(change -> ObjectOptions.of(change.live()).pruneLast() == last)
                    .toList();
            of(those, List.of()).forEach(wave -> wave.steps().forEach(step -> some.add(step.changes())));
            Collections.reverse(some);
            steps.addAll(some);
        }
        return steps;
    }

    private static Map<ObjectId, JsonNode> objects(Collection<Change> changes) {
        Map<ObjectId, JsonNode> objects = new LinkedHashMap<>();
        changes.forEach(change -> objects.put(
                change.id(),
                change.target() == null
                        ? change.live()
                        : change.target().manifest().json()));
        return objects;
    }

    private static Place place(Order order, ObjectId id) {
        return new Place(order.wave(id), order.depth(id), Order.stage(id));
    }

    /** Of those that are written; what stays as it is has nothing to wait for. */
    private static List<ObjectId> dependencies(Order order, List<Change> members) {
        return members.stream()
                .filter(change -> change.action().writes())
                .flatMap(change -> order.dependencies(change.id()).stream())
                .distinct()
                .toList();
    }
}
