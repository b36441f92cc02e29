package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.inventory.HookMemory;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.LiveState;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps the inventory true at every instant: wider before the first write, exact after the last. */
final class InventoryKeeper {

    private final SyncContext context;
    private final Inventory before;

    InventoryKeeper(SyncContext context) {
        this.context = context;
        this.before = context.now().inventory();
    }

    /** Whatever happens next, every object that is about to be written can be found again. */
    void widen(List<Change> declared) throws ClusterException, InterruptedException {
        HookPlan hooks = context.now().hooks();
        Inventory widened = before.widenedBy(ids(declared), home());
        if (hooks.due()) {
            Set<ObjectId> left = new HashSet<>(context.now().hooksLeft());
            left.addAll(hooks.ids());
            widened = widened.with(HookMemory.of(left, ""));
        }
        save(widened);
    }

    /**
     * After everything went well the inventory says exactly what is there.
     *
     * @param applied what the cluster has accepted, and the state of each after it
     * @param hooksLeft objects of hooks that are in the cluster
     */
    void finish(Plan plan, Map<ObjectId, String> applied, Set<ObjectId> hooksLeft)
            throws ClusterException, InterruptedException {
        List<Change> marked = plan.changes().stream()
                .filter(change -> change.target() != null || change.action() == Action.KEEP)
                .toList();
        Map<ObjectId, String> digests = new HashMap<>(2 * marked.size());
        marked.forEach(change -> digest(change, digests));
        Map<ObjectId, String> states = states(plan, applied);
        save(Inventory.of(
                        ids(marked),
                        digests,
                        states,
                        home(),
                        context.report().revision.commit())
                .with(HookMemory.of(hooksLeft, context.now().hooks().digest())));
    }

    /**
     * Everything that may carry the mark, what is known to have been synced, and the revision that was synced last.
     *
     * @param applied what the cluster has accepted, and the state of each after it
     * @param hooksLeft objects of hooks that are in the cluster
     */
    void leaveUnfinished(Plan plan, Map<ObjectId, String> applied, Set<ObjectId> hooksLeft)
            throws ClusterException, InterruptedException {
        Map<ObjectId, String> digests = new HashMap<>(before.synced());
        plan.changes().stream()
                .filter(change -> applied.containsKey(change.id()) || change.action() == Action.NONE)
                .forEach(change -> digest(change, digests));
        Inventory unfinished = Inventory.of(
                        before.synced().keySet(), digests, states(plan, applied), home(), before.revision())
                .widenedBy(ids(plan.changes()), home())
                .with(HookMemory.of(
                        hooksLeft,
                        context.now().hooks().due() ? "" : before.hooks().digest()));
        context.now().store().save(unfinished, context.report().repository);
    }

    /** Of what is as Git declares it: of the rest nothing is remembered. */
    private Map<ObjectId, String> states(Plan plan, Map<ObjectId, String> applied) {
        Map<ObjectId, String> states = context.now().seen().states();
        plan.declared()
                .filter(change -> change.action() == Action.NONE && change.live() != null && !isLeftAlone(change))
                .forEach(change -> states.put(change.id(), LiveState.of(change.live())));
        states.putAll(applied);
        // Where rules ignore fields, it is not what Git declares that was applied.
        plan.declared().filter(change -> change.target().isAltered()).forEach(change -> states.remove(change.id()));
        return states;
    }

    /** Nothing is known of an object that nobody has compared. */
    private static boolean isLeftAlone(Change change) {
        return Stream.of(change.live(), change.target().manifest().json())
                .anyMatch(object -> ObjectOptions.of(object).strategy().leavesLiveAlone());
    }

    private void save(Inventory inventory) throws ClusterException, InterruptedException {
        if (inventory.equals(before)) {
            return;
        }
        Observed now = context.now();
        boolean writes = context.lease().isHeld() || now.asksForWrites();
        // Where nothing but the inventory is written, another sync that has ended meanwhile knows better.
        if (writes || now.store().isCurrent()) {
            now.store().save(inventory, context.report().repository);
        }
    }

    private void digest(Change change, Map<ObjectId, String> digests) {
        String digest = change.target() != null
                ? change.target().digest()
                : before.synced().get(change.id());
        if (digest != null) {
            digests.put(change.id(), digest);
        }
    }

    private String home() {
        return context.applySet().namespace();
    }

    private static List<ObjectId> ids(List<Change> changes) {
        return changes.stream().map(Change::id).toList();
    }
}
