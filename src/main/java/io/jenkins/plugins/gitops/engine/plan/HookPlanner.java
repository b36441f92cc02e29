package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.Hook;
import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.manifest.Digests;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes of the hooks that Git declares what a sync can run, and asks the server whether they are sound. */
public final class HookPlanner {

    private final ApplySet applySet;
    private final TargetResolver resolver;
    private final String suffix;

    /**
     * @param resolver which knows the app's other objects already
     * @param commit the full hash of the commit
     * @param epochSecond now: both become part of generated names
     */
    public HookPlanner(ApplySet applySet, TargetResolver resolver, String commit, long epochSecond) {
        this.applySet = applySet;
        this.resolver = resolver;
        this.suffix = commit.substring(0, Math.min(7, commit.length())) + "-%s-" + epochSecond;
    }

    /** Whether a manifest is a hook, or is to be left alone: no object that is kept as a part of the app. */
    public static boolean isApart(Manifest manifest) {
        return Hook.of(manifest.json()).isPresent()
                || ObjectOptions.of(manifest.json()).strategy() == ObjectOptions.Strategy.IGNORE;
    }

    /** Whether a manifest is a hook that runs when the app is deleted. */
    public static boolean isOfDeletion(Manifest manifest) {
        return Hook.of(manifest.json())
                .filter(hook -> hook.phases().contains(HookPhase.PRE_DELETE)
                        || hook.phases().contains(HookPhase.POST_DELETE))
                .isPresent();
    }

    /** @param hooks the manifests that are {@linkplain #isApart apart} */
    public HookPlan plan(List<Manifest> hooks) {
        List<HookTask> tasks = new ArrayList<>();
        Map<ObjectId, String> untouched = new HashMap<>();
        ObjectNode digests = JsonNodeFactory.instance.objectNode();
        for (Manifest manifest : hooks) {
            Optional<Hook> found = Hook.of(manifest.json());
            if (found.isEmpty() || found.get().phases().isEmpty()) {
                String why = found.isEmpty()
                        ? ObjectOptions.of(manifest.json()).strategyFrom()
                        : "a hook that a sync does not run";
                // Its scope need not be known: an object of this name is left alone in either.
                untouched.put(manifest.id(), why);
                untouched.put(manifest.id().inNamespace(namespace(manifest)), why);
                continue;
            }
            Hook hook = found.get();
            digests.put(manifest.location() + " " + manifest.id(), Digests.of(manifest.json()));
            for (HookPhase phase : new TreeSet<>(hook.phases())) {
                resolver.resolve(List.of(named(manifest, phase)))
                        .forEach(target -> tasks.add(new HookTask(phase, hook, marked(target, phase))));
            }
        }
        return new HookPlan(tasks, tasks.isEmpty() ? "" : Digests.of(digests), untouched, false);
    }

    private String namespace(Manifest manifest) {
        return manifest.namespace().isEmpty() ? applySet.namespace() : manifest.namespace();
    }

    /** The name is made here and not by the server, so that it can be written down before the object exists. */
    private Manifest named(Manifest manifest, HookPhase phase) {
        if (!manifest.name().isEmpty()) {
            return manifest;
        }
        ObjectNode json = manifest.json().deepCopy();
        ObjectNode metadata = (ObjectNode) json.get("metadata");
        String prefix = metadata.path("generateName").asText();
        metadata.remove("generateName");
        metadata.put("name", prefix + suffix.formatted(phase.title().toLowerCase(Locale.ROOT)));
        return manifest.with(json);
    }

    private static Target marked(Target target, HookPhase phase) {
        ObjectNode json = target.manifest().json().deepCopy();
        ((ObjectNode) json.get("metadata")).withObjectProperty("labels").put(HookTask.PHASE_LABEL, phase.title());
        return new Target(target.manifest().with(json), target.id(), target.resource(), target.verifiable());
    }

    /** Whether a live object is a hook's. */
    public static boolean isHook(ObjectNode live) {
        return live.path("metadata").path("labels").has(HookTask.PHASE_LABEL);
    }

    /** Whether a live object is what this app has made for a hook. */
    public static boolean isHookOf(ObjectNode live, ApplySet applySet) {
        return isHook(live)
                && live.path("metadata")
                        .path("labels")
                        .path(ApplySet.PART_OF_LABEL)
                        .asText()
                        .equals(applySet.id());
    }

    /**
     * What is wrong with the hooks: each is created in a dry run.
     *
     * @param tasks those that would run
     */
    public List<Problem> verify(List<HookTask> tasks, ObjectApi objects, DryRunErrors errors)
            throws ClusterException, InterruptedException {
        Queue<Problem> problems = new ConcurrentLinkedQueue<>();
        Parallel.forEach(tasks, task -> verify(task, objects, errors).ifPresent(problems::add));
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::location, Comparator.nullsFirst(Comparator.naturalOrder())));
        return sorted.stream().distinct().toList();
    }

    private Optional<Problem> verify(HookTask task, ObjectApi objects, DryRunErrors errors)
            throws ClusterException, InterruptedException {
        Target target = task.target();
        if (!target.verifiable()) {
            return Optional.empty();
        }
        try {
            ObjectNode hook = target.manifest().json();
            objects.create(
                    target.resource(),
                    hook,
                    ObjectApi.Mode.DRY_RUN,
                    ObjectOptions.of(hook).validate());
            return Optional.empty();
        } catch (ApiException e) {
            // It is sound; there is only an object of that name already.
            return e.isAlreadyThere() ? stranger(target, objects) : Optional.of(errors.problem(target, e));
        }
    }

    private Optional<Problem> stranger(Target target, ObjectApi objects) throws ClusterException, InterruptedException {
        Optional<ObjectNode> live = objects.get(
                target.resource(), target.id().namespace(), target.id().name());
        boolean ours = live.isEmpty()
                || live.get()
                        .path("metadata")
                        .path("labels")
                        .path(ApplySet.PART_OF_LABEL)
                        .asText()
                        .equals(applySet.id());
        return ours
                ? Optional.empty()
                : Optional.of(Problem.error(
                        target.manifest().location(),
                        target.id() + " is a hook, and there is an object of that name in the cluster that is not this"
                                + " app's",
                        "give the hook another name, or delete that object if nothing needs it"));
    }
}
