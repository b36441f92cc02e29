package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.apply.Applier;
import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.Pruner;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.List;
import java.util.Optional;

/** The writing half of a run: apply a plan, wait, prune. */
final class Sync {

    private final SyncContext context;
    private final ReportBuilder report;
    private final Applier applier;
    private final HealthWaiter health;
    private final Pruner pruner;
    private final HookPhases hooks;
    private String message = "";

    Sync(SyncContext context) {
        this.context = context;
        this.report = context.report();
        Observed now = context.now();
        this.applier = new Applier(
                now.objects(),
                now.errors(),
                context.progress(),
                context.request().apply(),
                context.request().health().orderTimeout(),
                now.health()::assess);
        this.health = now.health();
        this.pruner = new Pruner(
                now.objects(),
                now.resources(),
                context.progress(),
                context.request().health().orderTimeout());
        this.hooks = new HookPhases(context);
    }

    /** One sentence on how it ended. */
    String message() {
        return message;
    }

    Status carryOut() throws LeaseHeldException, ClusterException, InterruptedException {
        boolean works = context.now().asksForWrites();
        InventoryKeeper inventory = new InventoryKeeper(context);
        try {
            Optional<Failure> failure = works ? write(inventory) : Optional.empty();
            if (failure.isEmpty()) {
                failure = settle();
            }
            if (failure.isPresent()) {
                hooks.abandon();
                hooks.run(HookPhase.SYNC_FAIL);
                inventory.leaveUnfinished(plan(), applier.applied(), hooks.left());
                message = failure.get().message();
                return failure.get().status();
            }
            report.timeline.end();
            inventory.finish(plan(), applier.applied(), hooks.left());
            message = works ? "the cluster is what Git declares" : "nothing had changed";
            return Status.IN_SYNC;
        } finally {
            report.done.addAll(applier.applied().keySet());
            report.done.addAll(pruner.pruned());
            report.failed.putAll(applier.failed());
            report.failed.putAll(pruner.failed());
            report.health.putAll(health.verdicts());
        }
    }

    /** The plan, with what has become known since. */
    private Plan plan() {
        return report.plan;
    }

    private Optional<Failure> write(InventoryKeeper inventory)
            throws LeaseHeldException, ClusterException, InterruptedException {
        report.phase("apply");
        ApplyPhase apply = new ApplyPhase(context, inventory, applier, health, hooks);
        Optional<Failure> failure = apply.prepare();
        if (failure.isEmpty()) {
            hooks.clear();
            failure = hooks.run(HookPhase.PRE_SYNC);
        }
        if (failure.isPresent()) {
            return failure;
        }
        if (!context.now().hooks().in(HookPhase.PRE_SYNC).isEmpty()) {
            report.phase("apply");
        }
        return apply.carryOut();
    }

    private Optional<Failure> settle() throws ClusterException, InterruptedException {
        report.phase(ReportBuilder.HEALTH);
        Optional<Failure> failure = awaitHealth(plan());
        if (failure.isEmpty()) {
            failure = hooks.run(HookPhase.POST_SYNC);
        }
        if (failure.isEmpty() && !plan().prunes().isEmpty()) {
            report.phase("prune");
            report.timeline.beginPrune();
            failure = prune(plan().prunes());
        }
        return failure;
    }

    private Optional<Failure> awaitHealth(Plan plan) throws ClusterException, InterruptedException {
        plan.declared().forEach(change -> {
            if (change.live() != null && !applier.applied().containsKey(change.id())) {
                health.assess(change.id(), change.live());
            }
        });
        List<Target> targets = plan.declared().map(Change::target).toList();
        if (!context.request().health().await()
                || health.await(targets, context.request().health().timeout())) {
            return Optional.empty();
        }
        return Optional.of(new Failure(Status.UNHEALTHY, health.complaint() + "; nothing was pruned"));
    }

    private Optional<Failure> prune(List<Change> prunes) throws ClusterException, InterruptedException {
        pruner.prune(prunes);
        if (!pruner.complaint().isEmpty()) {
            return Optional.of(
                    new Failure(Status.UNHEALTHY, pruner.complaint() + "; what comes after it was not pruned"));
        }
        return pruner.failed().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Failure(Status.FAILED, count(pruner.failed().size(), "object") + " could not be pruned"));
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
