package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.plan.TargetResolver;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Dry-runs what could not be verified before its CRD or namespace existed, all of it before any of it is written. */
final class LateVerification {

    private final SyncContext context;

    LateVerification(SyncContext context) {
        this.context = context;
    }

    /**
     * @param timeout how long kinds may take to be served
     * @return whether all of it is sound; the report has the problems
     */
    boolean verify(List<Change> declared, Duration timeout) throws ClusterException, InterruptedException {
        List<Target> late = declared.stream()
                .map(Change::target)
                .filter(target -> !target.verifiable() && target.resource().isServed())
                .map(Target::verified)
                .toList();
        if (late.isEmpty()) {
            return true;
        }
        awaitServed(late, timeout);
        Plan verified = context.now().planner().plan(late);
        context.report().problems.addAll(verified.problems());
        return verified.isSound();
    }

    /**
     * Waits for a kind that comes into being by other means than this sync, and plans the object anew.
     *
     * @return what is done to it; empty where it is not sound or not served in time: the report has the problem
     */
    Optional<Change> resolve(Target target, Duration timeout) throws ClusterException, InterruptedException {
        awaitServed(List.of(target), timeout);
        TargetResolver resolver = new TargetResolver(
                Discovery.discover(context.server()),
                context.applySet(),
                context.applySet().namespace(),
                null);
        List<Target> found = resolver.resolve(List.of(target.manifest()));
        if (found.isEmpty() || !found.get(0).resource().isServed()) {
            context.report()
                    .problems
                    .add(Problem.error(
                            target.manifest().location(),
                            target.id() + ": " + target.manifest().apiVersion() + " "
                                    + target.id().kind() + " is not served within " + timeout.toSeconds() + " s",
                            "see that what brings the kind is in an earlier wave, and healthy"));
            return Optional.empty();
        }
        Plan verified = context.now().planner().plan(List.of(found.get(0).verified()));
        context.report().problems.addAll(verified.problems());
        return verified.isSound() ? verified.changes().stream().findFirst() : Optional.empty();
    }

    /** An established CRD may take a moment longer until discovery shows it. */
    private void awaitServed(List<Target> targets, Duration timeout) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < deadline) {
            ApiResources served = Discovery.discover(context.server());
            boolean all = targets.stream().allMatch(target -> served.find(
                            target.resource().apiVersion(), target.resource().kind())
                    .isPresent());
            if (all) {
                return;
            }
            Thread.sleep(100);
        }
    }
}
