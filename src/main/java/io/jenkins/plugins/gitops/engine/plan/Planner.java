package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * Plans by asking the server: every object that is not {@linkplain InSyncProof proven} to be in sync is applied in a dry
 * run, with admission, validation and defaulting, and the answer is compared with what is live. So a plan says exactly
 * what a sync would change.
 */
public final class Planner {

    /** How often a dry run is repeated when the object is changed between looking and asking. */
    private static final int RACES = 4;

    private static final Set<String> KUBERNETES = Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final ObjectApi objects;
    private final DryRunErrors errors;
    private final Inventory inventory;
    private final boolean force;
    private final boolean prune;
    private final Replacements replacements;
    private final Comparison comparison;

    /**
     * @param inventory what was last synced
     * @param force whether fields that others own are taken over, or reported as conflicts
     * @param prune whether objects that left Git are pruned, or kept
     * @param replace whether objects may be deleted and made again where a field of theirs cannot change
     * @param takeOver tools whose claims on fields become ours
     * @param policy what counts as a difference
     */
    public Planner(
            ObjectApi objects,
            ApiResources resources,
            DryRunErrors errors,
            Inventory inventory,
            boolean force,
            boolean prune,
            boolean replace,
            Set<Tool> takeOver,
            DriftPolicy policy) {
        this.objects = objects;
        this.comparison = new Comparison(objects, resources, inventory, policy, takeOver);
        this.errors = errors;
        this.inventory = inventory;
        this.force = force;
        this.prune = prune;
        this.replacements = new Replacements(objects, comparison, replace);
    }

    /**
     * To be shown the app's members, and then to be {@linkplain #plan planned} with.
     *
     * @param targets what Git declares
     * @param inSync is given every declared object that is proven to be in sync: nothing else keeps it
     */
    public Observation observe(List<Target> targets, BiConsumer<ObjectId, ObjectNode> inSync) {
        return new Observation(comparison, targets, inSync);
    }

    /** What a sync would do about objects of which no list has shown anything. */
    public Plan plan(List<Target> targets) throws ClusterException, InterruptedException {
        return plan(observe(targets, (id, live) -> {}), Map.of());
    }

    /**
     * What a sync would do about everything that Git declares or that was seen.
     *
     * @param untouched what Git declares and what is neither applied nor pruned, and why
     */
    public Plan plan(Observation seen, Map<ObjectId, String> untouched) throws ClusterException, InterruptedException {
        Queue<Change> changes = new ConcurrentLinkedQueue<>();
        Queue<Problem> problems = new ConcurrentLinkedQueue<>();
        List<Observation.Declared> open = new ArrayList<>();
        for (Observation.Declared declared : seen.declared()) {
            Change settled = declared.settled();
            if (settled == null) {
                open.add(declared);
            } else {
                changes.add(settled);
            }
        }
        Parallel.forEach(open, declared -> {
            try {
                changes.add(plan(declared.target(), declared.live()));
            } catch (ApiException e) {
                problems.add(errors.problem(declared.target(), e));
            } catch (IgnoredFields.Failure e) {
                problems.add(e.problem());
            }
        });
        seen.extras().forEach((id, live) -> changes.add(extra(id, live, untouched.get(id))));
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparing(Change::id));
        List<Problem> ordered = new ArrayList<>(problems);
        ordered.sort(Comparator.comparing(Problem::location, Comparator.nullsFirst(Comparator.naturalOrder())));
        return new Plan(sorted, ordered);
    }

    /** One object; {@code member} is what the list of members showed of it, if it did. */
    private Change plan(Target declared, ObjectNode member) throws ClusterException, InterruptedException {
        ObjectOptions options = ObjectOptions.of(declared.manifest().json());
        if (!declared.verifiable()) {
            return missing(
                    declared,
                    declared.resource().isServed()
                            ? "cannot be verified before its CRD or namespace exists"
                            : "cannot be verified before its kind is served");
        }
        if (options.strategy() == ObjectOptions.Strategy.IF_NOT_PRESENT) {
            ObjectNode present = member == null ? get(declared) : member;
            if (present != null) {
                return leftAlone(declared, present, options.strategyFrom());
            }
        }
        if (member != null && ObjectOptions.of(member).strategy().leavesLiveAlone()) {
            return leftAlone(declared, member, ObjectOptions.of(member).strategyFrom() + ", in the cluster");
        }
        if (options.replace()) {
            return whole(declared, options.validate());
        }
        // A list shows the preferred version; fields can only be compared in the version that Git declares.
        boolean comparable = member != null
                && member.path("apiVersion").asText().equals(declared.manifest().apiVersion());
        ObjectNode live = comparable ? member : null;
        if (live == null && !comparison.rules().of(declared.manifest()).isEmpty()) {
            live = get(declared);
        }
        IgnoredFields ignored = IgnoredFields.of(comparison.rules(), declared, live);
        if (comparable && comparison.isProven(ignored, member)) {
            return comparison.change(ignored, member, member);
        }
        for (int attempt = 1; ; attempt++) {
            Target target = ignored.target();
            ObjectApi.Applied answer;
            try {
                answer = objects.apply(
                        target.resource(), target.manifest().json(), force, ObjectApi.Mode.DRY_RUN, options.validate());
            } catch (ApiException e) {
                ObjectNode refused = live == null ? get(target) : live;
                Optional<Change> replacement = replacements.plan(target, refused, e);
                Change change = replacement.isPresent() ? replacement.get() : exchanged(target, refused, e);
                return change.withIgnored(ignored.fields());
            }
            if (answer.created()) {
                return missing(declared, "");
            }
            ObjectNode result = live == null ? null : answer.object();
            if (result != null && (sameVersion(live, result) || attempt == RACES)) {
                return comparison.change(ignored, live, result);
            }
            // It is there without our mark, or somebody (often a controller writing status) was faster than we: look
            // and ask again, or the answer would mix two states.
            live = get(declared);
            if (live != null && ObjectOptions.of(live).strategy().leavesLiveAlone()) {
                return leftAlone(declared, live, ObjectOptions.of(live).strategyFrom() + ", in the cluster");
            }
            ignored = IgnoredFields.of(comparison.rules(), declared, live);
        }
    }

    /** An object that is to be what Git declares and nothing else. */
    private Change whole(Target target, boolean strict) throws ClusterException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            ObjectNode live = get(target);
            if (live == null) {
                objects.apply(target.resource(), target.manifest().json(), force, ObjectApi.Mode.DRY_RUN, strict);
                return missing(target, "");
            }
            try {
                ObjectNode body = WholeObject.of(target.manifest().json(), live);
                return comparison.whole(
                        target, live, objects.replace(target.resource(), body, ObjectApi.Mode.DRY_RUN, strict));
            } catch (ApiException e) {
                Optional<Change> replacement = replacements.plan(target, live, e);
                if (replacement.isPresent()) {
                    return replacement.get();
                }
                if (!e.isConflict() || attempt == RACES) {
                    throw e;
                }
            }
        }
    }

    private static Change leftAlone(Target target, ObjectNode live, String why) {
        return new Change(
                target.id(), Action.NONE, target, live, null, List.of(), List.of(), null, "left alone: " + why);
    }

    /** An apply that the server refuses may be possible once list items that a person exchanged are exchanged back. */
    private Change exchanged(Target target, ObjectNode live, ApiException refusal)
            throws ClusterException, InterruptedException {
        if (live == null || !force || !refusal.isInvalidObject()) {
            throw refusal;
        }
        FieldOwners owners = FieldOwners.of(live);
        Obstacles obstacles = Obstacles.of(live, target.manifest().json(), owners);
        if (obstacles.isEmpty()) {
            throw refusal;
        }
        ObjectNode result;
        try {
            result = patch(target, obstacles.exchange(), ObjectApi.Mode.DRY_RUN);
        } catch (ApiException e) {
            throw refusal;
        }
        return comparison.exchanged(target, live, result, obstacles.exchange());
    }

    private ObjectNode patch(Target target, ArrayNode operations, ObjectApi.Mode mode)
            throws ClusterException, InterruptedException {
        return objects.jsonPatch(
                target.resource(), target.id().namespace(), target.id().name(), operations, mode);
    }

    private ObjectNode get(Target target) throws ClusterException, InterruptedException {
        Optional<ObjectNode> found = objects.get(
                target.resource(), target.id().namespace(), target.id().name());
        return found.orElse(null);
    }

    private static boolean sameVersion(ObjectNode live, ObjectNode result) {
        String version = live.path("metadata").path("resourceVersion").asText();
        return version.equals(result.path("metadata").path("resourceVersion").asText());
    }

    private Change missing(Target target, String message) {
        boolean wasThere = inventory.synced().containsKey(target.id());
        return new Change(
                target.id(),
                Action.CREATE,
                target,
                null,
                wasThere ? Cause.DRIFT : Cause.PENDING,
                List.of(),
                List.of(),
                null,
                wasThere ? "deleted in the cluster" : message);
    }

    /** An object that carries our mark and that Git does not declare, or declares to be left alone. */
    private Change extra(ObjectId id, ObjectNode live, String untouched) {
        ObjectOptions options = ObjectOptions.of(live);
        String kept = untouched != null ? "left alone: " + untouched : whyKept(live, options);
        Action action = kept.isEmpty() ? Action.PRUNE : Action.KEEP;
        boolean wasSynced = inventory.synced().containsKey(id);
        // A kept object is what people asked for; it is no difference to be mended.
        Cause cause = action == Action.KEEP || options.ignoreExtraneous()
                ? null
                : wasSynced || !inventory.exists() ? Cause.PENDING : Cause.DRIFT;
        return new Change(id, action, null, live, cause, List.of(), List.of(), null, kept);
    }

    private String whyKept(ObjectNode live, ObjectOptions options) {
        if (options.pruneOptOut().isPresent()) {
            return "not in Git any more; kept by " + options.pruneOptOut().get();
        }
        if (live.path("kind").asText().equals("Namespace")
                && KUBERNETES.contains(live.path("metadata").path("name").asText())) {
            return "not in Git any more; kept, since it is a namespace of Kubernetes itself";
        }
        return prune ? "" : "not in Git any more; pruning is off";
    }
}
