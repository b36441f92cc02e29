package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a sync would change of one live object, why it differs, and who did it. */
final class Comparison {

    private final ObjectApi objects;
    private final Inventory inventory;
    private final DriftPolicy policy;
    private final Autoscalers autoscalers;
    private final TakeOver takeOver;

    /**
     * @param inventory what was last synced
     * @param policy what counts as a difference
     * @param tools whose claims become ours
     */
    Comparison(ObjectApi objects, ApiResources resources, Inventory inventory, DriftPolicy policy, Set<Tool> tools) {
        this.takeOver = new TakeOver(tools);
        this.objects = objects;
        this.inventory = inventory;
        this.policy = policy;
        this.autoscalers = new Autoscalers(objects, resources);
    }

    /** The rules that say which differences do not count. */
    IgnoreRules rules() {
        return policy.ignore();
    }

    /** Whether a re-apply changes nothing: {@linkplain InSyncProof proven}, or remembered. */
    boolean isProven(IgnoredFields ignored, ObjectNode live) {
        return isProven(ignored.target(), live, () -> LiveState.of(live));
    }

    private boolean isProven(Target target, ObjectNode live, Supplier<String> state) {
        boolean asApplied = isGitUnchanged(target) && !target.isAltered();
        return InSyncProof.holds(target.manifest().json(), live, ObjectApi.FIELD_MANAGER, asApplied)
                || isRemembered(target, live, state);
    }

    /**
     * Whether the server has said so before: it answered the apply of what Git declares still, or a dry run of it, and
     * nobody has laid hands on the object since. A Secret is never remembered, since no digest of its values is kept.
     */
    private boolean isRemembered(Target target, ObjectNode live, Supplier<String> state) {
        String known = inventory.states().get(target.id());
        return known != null
                && !target.isAltered()
                && isGitUnchanged(target)
                && !SecretMask.isSecret(live)
                && !live.path("metadata").has("deletionTimestamp")
                && known.equals(state.get())
                && ListOrder.isKept(target.manifest().json(), live);
    }

    /**
     * An object of which there is nothing to do and nothing to say, but for what rules ignore: that is told without a
     * request.
     *
     * @param change has no live object: what is in sync is not kept
     * @param state its {@linkplain LiveState state}
     */
    record Settled(Change change, String state) {}

    /** {@code null} where there is something to do or to say, or where that cannot be told from the object alone. */
    Settled settled(Target declared, ObjectNode live) {
        ObjectOptions options = ObjectOptions.of(declared.manifest().json());
        boolean plain = !options.replace()
                && !options.strategy().leavesLiveAlone()
                && !ObjectOptions.of(live).strategy().leavesLiveAlone()
                && Tool.keeping(live).isEmpty()
                && live.path("apiVersion").asText().equals(declared.manifest().apiVersion())
                && !takeOver.isNeeded(live, declared.manifest().json());
        if (!plain) {
            return null;
        }
        FieldOwners owners = FieldOwners.of(live);
        if (owners.all().stream().anyMatch(owner -> LiveState.isForeign(owner, owners))
                || Autoscalers.isScaled(declared.id(), live, declared.manifest().json(), owners)) {
            return null;
        }
        IgnoredFields ignored;
        try {
            ignored = IgnoredFields.of(rules(), declared, live);
        } catch (IgnoredFields.Failure e) {
            // It is told when the object is planned.
            return null;
        }
        Target target = ignored.target();
        String state = LiveState.of(live, owners);
        if (!isProven(target, live, () -> state)) {
            return null;
        }
        Change change = new Change(
                target.id(), Action.NONE, target, null, null, List.of(), List.of(), null, ignored.fields(), "");
        return new Settled(change, state);
    }

    /**
     * @param live the object as it is
     * @param result what an apply would make of it: the answer to a dry run, or {@code live} itself where a re-apply is
     *     {@linkplain InSyncProof proven} to change nothing
     */
    Change change(IgnoredFields ignored, ObjectNode live, ObjectNode result)
            throws ClusterException, InterruptedException {
        Target target = ignored.target();
        FieldOwners owners = FieldOwners.of(live);
        JsonNode claim = FieldOwners.of(result).claim();
        List<FieldChange> fields = new ArrayList<>();
        if (live != result) {
            fields.addAll(differences(target, live, result, owners));
            fields.addAll(taken(live, result, claim, owners));
        }
        boolean owned = live == result || owners.claim().equals(claim);
        JsonNode desired = target.manifest().json();
        String from = takeOver.names(live, desired);
        Map<FieldPath, FieldOwners.Owner> leaving =
                owned && from.isEmpty() ? Map.of() : takeOver.leaving(live, desired, claim);
        fields.addAll(leaving(live, leaving, from.isEmpty()));
        owned &= from.isEmpty();
        String message = from.isEmpty() ? message(target, owners, fields, owned) : "taken over from " + from;

        Additions additions = Additions.of(live, target.manifest().json(), owners, claim);
        if (autoscalers.scaledByHand(target.id(), live, target.manifest().json(), owners)
                && !ignored.takes(Autoscalers.REPLICAS, null)) {
            additions.add(Autoscalers.REPLICAS);
            message = "scaled by hand; the server keeps no record of who did it";
        } else if (additions.has(Autoscalers.REPLICAS) && autoscalers.isTarget(target.id())) {
            additions.remove(Autoscalers.REPLICAS);
        }
        AdditionsPolicy additionsPolicy = policyFor(target);
        leaving.keySet().forEach(additions::remove);
        additions.removeIgnored(ignored);
        if (additions.isOfMaker()) {
            defaults(target).ifPresent(additions::removeDefaults);
        }
        List<FieldChange> added = additionsPolicy == AdditionsPolicy.IGNORE ? List.of() : additions.fields();
        ArrayNode removal = null;
        if (additionsPolicy == AdditionsPolicy.REVERT && !additions.byHand().isEmpty()) {
            removal = additions.removal();
            // Refused now rather than in mid-sync, where the object cannot do without them.
            objects.jsonPatch(
                    target.resource(), target.id().namespace(), target.id().name(), removal, ObjectApi.Mode.DRY_RUN);
            fields.addAll(additions.byHand());
            added = additions.byPrograms();
        }
        boolean writes = !fields.isEmpty() || !owned;
        return new Change(
                target.id(),
                writes ? Action.UPDATE : Action.NONE,
                target,
                live,
                fields.isEmpty() && !added.isEmpty() ? Cause.DRIFT : cause(target, fields, !writes),
                fields,
                added,
                removal,
                ignored.fields(),
                message);
    }

    /** The declared object as the server would make it; empty where the server does not say. */
    private Optional<ObjectNode> defaults(Target target) throws ClusterException, InterruptedException {
        ObjectNode fresh = target.manifest().json().deepCopy();
        fresh.withObjectProperty("metadata").put("name", "gitops-defaults-" + target.digest());
        try {
            return Optional.of(objects.apply(target.resource(), fresh, true, ObjectApi.Mode.DRY_RUN)
                    .object());
        } catch (ApiException e) {
            // Such as where the name is not free to choose.
            return Optional.empty();
        }
    }

    /** What another tool has set and Git does not declare goes with the tool's claim on it. */
    private static List<FieldChange> leaving(
            ObjectNode live, Map<FieldPath, FieldOwners.Owner> leaving, boolean bookkeepingHidden) {
        ObjectNode shown = SecretMask.mask(live);
        List<FieldChange> fields = new ArrayList<>();
        leaving.forEach((path, owner) -> {
            if (!bookkeepingHidden || !path.last().startsWith("f:kubectl.kubernetes.io/")) {
                fields.add(new FieldChange(
                        path.toString(),
                        Values.at(shown, path),
                        null,
                        Cause.PENDING,
                        owner == null ? null : owner.manager(),
                        owner == null ? null : owner.time()));
            }
        });
        return fields;
    }

    private AdditionsPolicy policyFor(Target target) {
        return switch (ObjectOptions.of(target.declared().json()).strategy()) {
            case OVERRIDE -> AdditionsPolicy.REVERT;
            case MERGE -> AdditionsPolicy.IGNORE;
            default -> policy.additions();
        };
    }

    /** @param result what the object would be if it were written as a whole */
    Change whole(Target target, ObjectNode live, ObjectNode result) {
        List<FieldChange> fields = differences(target, live, result, FieldOwners.of(live));
        return new Change(
                target.id(),
                fields.isEmpty() ? Action.NONE : Action.UPDATE,
                target,
                live,
                cause(target, fields, fields.isEmpty()),
                fields,
                List.of(),
                null,
                fields.isEmpty() ? "" : "written as a whole");
    }

    /**
     * @param result what the exchange of list items would make of the object
     * @param exchange the JSON patch that makes it
     */
    Change exchanged(Target target, ObjectNode live, ObjectNode result, ArrayNode exchange) {
        List<FieldChange> fields = differences(target, live, result, FieldOwners.of(live));
        return new Change(
                target.id(),
                Action.UPDATE,
                target,
                live,
                cause(target, fields, false),
                fields,
                List.of(),
                exchange,
                "");
    }

    /** Git has not moved since the last sync: then whatever differs was changed in the cluster. */
    boolean isGitUnchanged(Target target) {
        return target.digest().equals(inventory.synced().get(target.id()));
    }

    Cause cause(Target target, List<FieldChange> fields) {
        return cause(target, fields, false);
    }

    private Cause cause(Target target, List<FieldChange> fields, boolean inSync) {
        if (inSync) {
            return null;
        }
        boolean onlyDrift = fields.stream().allMatch(field -> field.cause() == Cause.DRIFT);
        return isGitUnchanged(target) || onlyDrift && !fields.isEmpty() ? Cause.DRIFT : causeOfRest(fields);
    }

    /** Without a single field that differs only the ownership is left to speak of. */
    private Cause causeOfRest(List<FieldChange> fields) {
        return fields.isEmpty() && inventory.exists() ? Cause.DRIFT : Cause.PENDING;
    }

    private List<FieldChange> differences(Target target, ObjectNode live, ObjectNode result, FieldOwners owners) {
        SecretMask.Pair shown = SecretMask.mask(live, result);
        FieldOwners.Owner maker = isRemade(target, owners) ? owners.first() : null;
        List<FieldChange> fields = new ArrayList<>();
        for (FieldDiff.Difference difference : FieldDiff.between(live, result)) {
            FieldOwners.Owner foreign = owners.foreignOwner(difference.path());
            boolean byOthers = foreign != null && isSinceLastSync(foreign, difference.path(), owners);
            FieldOwners.Owner who = foreign == null ? maker : foreign;
            fields.add(new FieldChange(
                    difference.path().toString(),
                    difference.live() == null ? null : Values.at(shown.before(), difference.path()),
                    difference.desired() == null ? null : Values.at(shown.after(), difference.path()),
                    isGitUnchanged(target) || byOthers ? Cause.DRIFT : Cause.PENDING,
                    who == null ? null : who.manager(),
                    who == null ? null : who.time()));
        }
        return fields;
    }

    /** Declared fields whose value is as declared, and that another manager has taken from us. */
    private static List<FieldChange> taken(ObjectNode live, ObjectNode result, JsonNode claim, FieldOwners owners) {
        List<FieldChange> fields = new ArrayList<>();
        if (owners.ours() == null) {
            // Never ours, or made again: then it is all of it, and the message says so.
            return fields;
        }
        ObjectNode shown = SecretMask.mask(live);
        for (FieldPath path : owners.ours().lacking(claim)) {
            FieldOwners.Owner foreign = owners.foreignOwner(path);
            JsonNode value = Values.at(shown, path);
            boolean unchanged = value != null && Values.at(live, path).equals(Values.at(result, path));
            if (foreign != null && unchanged && isSinceLastSync(foreign, path, owners)) {
                fields.add(
                        new FieldChange(path.toString(), value, value, Cause.DRIFT, foreign.manager(), foreign.time()));
            }
        }
        return fields;
    }

    private boolean isRemade(Target target, FieldOwners owners) {
        return owners.ours() == null && inventory.synced().containsKey(target.id());
    }

    private String message(Target target, FieldOwners owners, List<FieldChange> fields, boolean owned) {
        if (isRemade(target, owners)) {
            FieldOwners.Owner maker = owners.first();
            return "deleted and made again in the cluster"
                    + (maker == null || maker.manager().isEmpty() ? "" : " by " + maker.manager());
        }
        if (fields.isEmpty() && !owned) {
            return "only the ownership of fields changes";
        }
        List<String> appliers = owned ? owners.otherAppliers() : List.of();
        return appliers.isEmpty() ? "" : "also applied by " + String.join(", ", appliers);
    }

    /** A sync leaves every declared field ours, so what others own alone they have taken since; unless it is new in Git. */
    private static boolean isSinceLastSync(FieldOwners.Owner foreign, FieldPath path, FieldOwners owners) {
        FieldOwners.Owner ours = owners.ours();
        if (ours == null || ours.owns(path)) {
            return false;
        }
        // The scale subresource writes no time.
        return ours.time() == null || foreign.time() == null || !foreign.time().isBefore(ours.time());
    }
}
