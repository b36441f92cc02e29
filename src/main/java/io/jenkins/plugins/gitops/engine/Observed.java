package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.DryRunErrors;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.Observation;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import java.util.Set;

/**
 * The cluster as it was seen, and what follows from it.
 *
 * @param resources the kinds that it serves
 * @param inventory what was last synced
 * @param planner what made the plan, for what can be verified only later
 * @param seen the members as lists showed them
 * @param health knows already how the objects are that were in sync
 * @param plan what a sync does
 * @param hooks what a sync runs
 * @param hooksLeft objects that hooks of earlier syncs may have left in the cluster
 */
record Observed(
        ObjectApi objects,
        ApiResources resources,
        InventoryStore store,
        Inventory inventory,
        DryRunErrors errors,
        Planner planner,
        Observation seen,
        HealthWaiter health,
        Plan plan,
        HookPlan hooks,
        Set<ObjectId> hooksLeft) {

    /** Whether a sync has anything to do in the cluster, besides keeping its inventory. */
    boolean asksForWrites() {
        return plan.writes() || hooks.due();
    }
}
