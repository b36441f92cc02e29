package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.apply.Pruner;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.List;
import java.util.Optional;

/** Deletes an app: its hooks for that, its objects in the reverse of their order, and last its inventory. */
final class Deletion {

    private final SyncContext context;
    private final ReportBuilder report;
    private final HookPhases hooks;
    private final Pruner pruner;
    private String message = "";

    Deletion(SyncContext context) {
        this.context = context;
        this.report = context.report();
        this.hooks = new HookPhases(context);
        this.pruner = new Pruner(
                context.now().objects(),
                context.now().resources(),
                context.progress(),
                context.request().health().orderTimeout());
    }

    /** One sentence on how it ended. */
    String message() {
        return message;
    }

    Status carryOut() throws ClusterException, InterruptedException {
        Plan plan = context.now().plan();
        try {
            Optional<Failure> failure = phases(plan);
            if (failure.isPresent()) {
                hooks.abandon();
                message = failure.get().message() + "; the app is still there, delete it again";
                return failure.get().status();
            }
            report.timeline.end();
            hooks.clearAll();
            context.now().store().delete();
            context.lease().discard();
            long kept = plan.changes().stream()
                    .filter(change -> change.action() == Action.KEEP)
                    .count();
            message = "the app is deleted" + (kept == 0 ? "" : "; " + Sync.count((int) kept, "object") + " kept");
            return Status.IN_SYNC;
        } finally {
            report.done.addAll(pruner.pruned());
            report.failed.putAll(pruner.failed());
        }
    }

    private Optional<Failure> phases(Plan plan) throws ClusterException, InterruptedException {
        if (!context.now().hooks().tasks().isEmpty()) {
            new InventoryKeeper(context).widen(List.of());
        }
        hooks.clear();
        Optional<Failure> failure = hooks.run(HookPhase.PRE_DELETE);
        if (failure.isPresent()) {
            return failure;
        }
        failure = prune(plan.prunes());
        return failure.isPresent() ? failure : hooks.run(HookPhase.POST_DELETE);
    }

    private Optional<Failure> prune(List<Change> prunes) throws ClusterException, InterruptedException {
        report.phase("prune");
        report.timeline.beginPrune();
        pruner.prune(prunes);
        if (!pruner.complaint().isEmpty()) {
            return Optional.of(new Failure(Status.UNHEALTHY, pruner.complaint()));
        }
        return pruner.failed().isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure(
                        Status.FAILED, Sync.count(pruner.failed().size(), "object") + " could not be deleted"));
    }
}
