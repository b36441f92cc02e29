package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.annotation.DependsOn;
import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds orders that cannot be kept, before anything is written. */
public final class OrderCheck {

    private final BiFunction<Manifest, String, SourceLocation> locator;
    private final Map<ObjectId, Target> targets = new LinkedHashMap<>();
    private final Map<String, Target> namespaces = new HashMap<>();
    private final Map<String, Target> kinds = new HashMap<>();
    private final Set<ObjectId> hooks = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param locator finds the line of a field path of a manifest */
    public OrderCheck(BiFunction<Manifest, String, SourceLocation> locator) {
        this.locator = locator;
    }

    /** What is wrong with the order of these. */
    public List<Problem> find(List<Target> declared, List<HookTask> tasks) {
        for (Target target : declared) {
            targets.put(target.id(), target);
            if (target.id().kind().equals("Namespace") && target.id().group().isEmpty()) {
                namespaces.putIfAbsent(target.id().name(), target);
            } else if (target.id().kind().equals("CustomResourceDefinition")) {
                JsonNode spec = target.manifest().json().path("spec");
                String kind = spec.path("names").path("kind").asText();
                kinds.putIfAbsent(kind + "." + spec.path("group").asText(), target);
            }
        }
        tasks.forEach(task -> hooks.add(task.id()));
        Order order = order(declared);
        for (Target target : declared) {
            order.named(target.id()).forEach(dependency -> dependency(order, target, dependency));
            if (!target.verifiable()) {
                definitions(target).forEach(definition -> definition(order, target, definition));
            }
        }
        if (problems.isEmpty()) {
            circle(order.circle());
        }
        tasks.forEach(this::hook);
        return problems;
    }

    static Order order(List<Target> declared) {
        Map<ObjectId, JsonNode> objects = new LinkedHashMap<>();
        declared.forEach(target -> objects.put(target.id(), target.manifest().json()));
        return new Order(objects);
    }

    private void dependency(Order order, Target target, ObjectId dependency) {
        if (!targets.containsKey(dependency)) {
            boolean hook = hooks.contains(dependency);
            error(
                    target,
                    "depends on " + dependency + (hook ? ", which is a hook" : ", which this app does not declare"),
                    hook
                            ? "a hook has its place by its phase and wave; leave the dependency out"
                            : "declare it, correct the reference, or take the dependency away");
        } else if (order.wave(dependency) > order.wave(target.id())) {
            error(
                    target,
                    "is in wave " + order.wave(target.id()) + " and depends on " + dependency + ", which comes only in"
                            + " wave " + order.wave(dependency),
                    "bring one of the two into the other's wave");
        }
    }

    private void definition(Order order, Target target, Target definition) {
        if (order.wave(definition.id()) > order.wave(target.id())) {
            problems.add(Problem.error(
                    target.manifest().location(),
                    target.id() + " is in wave " + order.wave(target.id()) + " and needs " + definition.id()
                            + ", which comes only in wave " + order.wave(definition.id()),
                    "leave the wave of " + definition.id() + " out: then it comes first"));
        }
    }

    /** What of this very sync must exist before the target can. */
    private Stream<Target> definitions(Target target) {
        return Stream.of(
                        namespaces.get(target.id().namespace()),
                        kinds.get(target.id().groupKind()))
                .filter(Objects::nonNull);
    }

    private void circle(List<ObjectId> circle) {
        if (!circle.isEmpty()) {
            String path = circle.stream().map(ObjectId::toString).collect(Collectors.joining(" -> "));
            error(
                    targets.get(circle.get(0)),
                    "depends on itself: " + path,
                    "take one of these dependencies away: none of them could ever be the first");
        }
    }

    /** A hook that runs before the first write cannot be of a kind that only comes with it. */
    private void hook(HookTask task) {
        Target target = task.target();
        boolean missingKind =
                !target.verifiable() && kinds.containsKey(target.id().groupKind());
        if (missingKind && task.phase() == HookPhase.PRE_SYNC) {
            problems.add(Problem.error(
                    target.manifest().location(),
                    target.id() + " is a PreSync hook of a kind that only this sync defines",
                    "make it a Sync hook in a later wave, or bring the CRD in by another app"));
        }
    }

    private void error(Target target, String what, String advice) {
        String field = "metadata.annotations[" + DependsOn.key(target.manifest().json()) + "]";
        problems.add(Problem.error(locator.apply(target.manifest(), field), target.id() + " " + what, advice));
    }
}
