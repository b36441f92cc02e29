package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.HookRunner;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The hooks of a sync, phase by phase. */
final class HookPhases {

    private final SyncContext context;
    private final HookPlan plan;
    private final HookRunner runner;

    HookPhases(SyncContext context) {
        this.context = context;
        Observed now = context.now();
        this.plan = now.hooks();
        this.runner = new HookRunner(
                now.objects(),
                context.applySet(),
                now.errors(),
                new HealthWaiter(
                        now.objects(),
                        now.resources(),
                        now.health().rules(),
                        context.request().health(),
                        context.progress()),
                context.progress(),
                context.request().health().orderTimeout(),
                now.hooksLeft());
        context.report().timeline.follow(runner.runs());
    }

    /** Ends what is still running when a sync has failed. */
    void abandon() throws ClusterException, InterruptedException {
        runner.end();
    }

    HookRunner runner() {
        return runner;
    }

    /** The objects of hooks that may be in the cluster now. */
    Set<ObjectId> left() {
        return runner.left();
    }

    /** Deletes what earlier syncs have left of hooks: those that are gone from Git, and those whose name was made. */
    void clear() throws ClusterException, InterruptedException {
        if (!plan.due()) {
            return;
        }
        Set<ObjectId> again = new HashSet<>();
        if (context.request().command() == Command.SYNC) {
            for (HookPhase phase : List.of(HookPhase.PRE_SYNC, HookPhase.SYNC, HookPhase.POST_SYNC)) {
                plan.in(phase).forEach(task -> again.add(task.id()));
            }
        }
        for (ObjectId id : context.now().hooksLeft()) {
            Optional<ApiResource> kind = context.now().resources().findByGroupKind(id.groupKind());
            // What is made again is cleared away just before.
            if (!again.contains(id) && (kind.isEmpty() || clear(kind.get(), id))) {
                runner.left().remove(id);
            }
        }
    }

    /** Deletes whatever hooks have left: with the app goes what would tell of it. */
    void clearAll() throws ClusterException, InterruptedException {
        for (ObjectId id : List.copyOf(runner.left())) {
            Optional<ApiResource> kind = context.now().resources().findByGroupKind(id.groupKind());
            if (kind.isEmpty() || clear(kind.get(), id)) {
                runner.left().remove(id);
            }
        }
    }

    /** Whether it is gone. */
    private boolean clear(ApiResource kind, ObjectId id) throws ClusterException, InterruptedException {
        Optional<ObjectNode> live = context.now().objects().get(kind, id.namespace(), id.name());
        if (live.isEmpty() || !runner.isLeftover(live.get())) {
            return true;
        }
        if (ObjectOptions.of(live.get()).pruneOptOut().isPresent()) {
            return false;
        }
        try {
            String uid = live.get().path("metadata").path("uid").asText();
            context.now().objects().delete(kind, id.namespace(), id.name(), uid, null);
            context.progress().object(id, "deleted", "left of a hook");
            return true;
        } catch (ApiException e) {
            context.progress().object(id, "kept", "left of a hook; it could not be deleted: " + e.getMessage());
            return false;
        }
    }

    /** @return how the sync failed; empty where it did not */
    Optional<Failure> run(HookPhase phase) throws ClusterException, InterruptedException {
        List<HookTask> tasks = plan.in(phase);
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        context.report().phase(phase.title() + " hooks");
        context.progress().message(phase.title() + ": " + Sync.count(tasks.size(), "hook"));
        int known = runner.problems().size();
        boolean succeeded = runner.run(tasks);
        if (succeeded) {
            return Optional.empty();
        }
        return Optional.of(failure(
                known,
                switch (phase) {
                    case PRE_SYNC -> "nothing was applied";
                    case PRE_DELETE -> "nothing was deleted";
                    case POST_DELETE -> "the objects are gone";
                    default -> "nothing was pruned";
                }));
    }

    /** What the hooks that have failed since make of the sync. */
    Failure failure(int known, String consequence) {
        var problems = runner.problems().subList(known, runner.problems().size());
        context.report().problems.addAll(problems);
        String first = problems.isEmpty() ? "a hook failed" : problems.get(0).message();
        return new Failure(
                Status.UNHEALTHY,
                first + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "") + "; " + consequence);
    }
}
