package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a run must know of an app's hooks before it can say what it does. */
final class HookSurvey {

    private HookSurvey() {}

    /** Hooks run when a sync has something to write, when one of them has changed, or when the last sync failed. */
    static boolean areDue(HookPlan hooks, Plan plan, Inventory inventory, Set<ObjectId> left) {
        boolean any = !hooks.tasks().isEmpty() || !left.isEmpty();
        return any
                && (plan.writes()
                        || !hooks.digest().equals(inventory.hooks().digest())
                        || hooks.tasks().isEmpty());
    }

    /** Hooks that would run in a namespace which is gone by then. */
    static List<Problem> homeless(HookPlan hooks, Plan plan) {
        Set<String> gone = new HashSet<>();
        plan.prunes().stream()
                .map(Change::id)
                .filter(id -> id.kind().equals("Namespace") && id.group().isEmpty())
                .forEach(id -> gone.add(id.name()));
        return hooks.all(HookPhase.POST_DELETE).stream()
                .filter(task -> gone.contains(task.id().namespace()))
                .map(task -> Problem.error(
                        task.target().manifest().location(),
                        task.id() + " is a PostDelete hook in a namespace that is deleted with the app",
                        "declare it in another namespace, or keep that one: gitops.jenkins.io/delete: disabled"))
                .toList();
    }

    /** With its namespace, as far as it is known. */
    static Manifest inPlace(Manifest manifest, HookPlan hooks) {
        return hooks.tasks().stream()
                .map(task -> task.target().manifest())
                .filter(marked -> marked.location().equals(manifest.location())
                        && marked.name().equals(manifest.name()))
                .findFirst()
                .orElse(manifest);
    }
}
