package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.Applier;
import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.Stages;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Applies what Git declares, stage by stage, and stops at the first one in which something was refused. */
final class ApplyPhase {

    /** How long CRDs and namespaces may take to come into being; they do in well under a second. */
    private static final Duration DEFINITIONS_TIMEOUT = Duration.ofSeconds(60);

    private final SyncContext context;
    private final InventoryKeeper inventory;
    private final Applier applier;
    private final HealthWaiter health;

    ApplyPhase(SyncContext context, InventoryKeeper inventory, Applier applier, HealthWaiter health) {
        this.context = context;
        this.inventory = inventory;
        this.applier = applier;
        this.health = health;
    }

    /** @return how the sync failed; empty where it did not */
    Optional<Failure> carryOut(List<Change> declared)
            throws LeaseHeldException, ClusterException, InterruptedException {
        // The inventory lives in the home namespace, so that comes first; its label is enough to find it again.
        if (!applier.apply(declared.stream().filter(this::isHome).toList())) {
            return refused();
        }
        context.lease().acquire();
        inventory.widen(declared);
        boolean verified = false;
        for (Stages.Step step : Stages.of(declared)) {
            if (!step.definitions() && !verified) {
                verified = true;
                if (!new LateVerification(context).verify(declared, DEFINITIONS_TIMEOUT)) {
                    return Optional.of(new Failure(
                            Status.FAILED,
                            "custom resources or objects in new namespaces are not sound; only their definitions were"
                                    + " applied"));
                }
            }
            List<Change> changes =
                    step.changes().stream().filter(change -> !isHome(change)).toList();
            if (!applier.apply(changes)) {
                return refused();
            }
            if (step.definitions() && !established(step.changes())) {
                return Optional.of(
                        new Failure(Status.UNHEALTHY, health.complaint() + "; what needs it was not applied"));
            }
        }
        return Optional.empty();
    }

    private Optional<Failure> refused() {
        context.report().problems.addAll(applier.failed().values());
        return Optional.of(new Failure(
                Status.FAILED,
                "the cluster refused " + Sync.count(applier.failed().size(), "object") + "; nothing was pruned"));
    }

    private boolean isHome(Change change) {
        ObjectId id = change.id();
        return change.action() == Action.CREATE
                && id.kind().equals("Namespace")
                && id.group().isEmpty()
                && id.name().equals(context.applySet().namespace());
    }

    /** Waits until the CRDs are served and the namespaces are active. */
    private boolean established(List<Change> definitions) throws ClusterException, InterruptedException {
        List<Target> written = definitions.stream()
                .filter(change -> applier.applied().containsKey(change.id()))
                .map(Change::target)
                .toList();
        written.forEach(target -> health.assess(target.id(), applier.applied().get(target.id())));
        return health.await(written, DEFINITIONS_TIMEOUT);
    }
}
