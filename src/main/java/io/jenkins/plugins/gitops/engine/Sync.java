package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.apply.Applier;
import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.Pruner;
import io.jenkins.plugins.gitops.engine.apply.Stages;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.lease.AppLease;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The writing half of a run: apply a plan, wait, prune, and keep the inventory true at every instant. */
final class Sync {

    /** How long CRDs and namespaces may take to come into being; they do in well under a second. */
    private static final Duration DEFINITIONS_TIMEOUT = Duration.ofSeconds(60);

    private final SyncRequest request;
    private final ProgressListener progress;
    private final ReportBuilder report;
    private final ApiServer server;
    private final ApplySet applySet;
    private final Observed now;
    private final AppLease lease;
    private final Applier applier;
    private final HealthWaiter health;
    private String message = "";

    /**
     * @param now the cluster as it was seen, and the plan that follows
     * @param lease held, unless the app's home namespace does not exist yet or nothing is written
     */
    Sync(
            SyncRequest request,
            ProgressListener progress,
            ReportBuilder report,
            ApiServer server,
            ApplySet applySet,
            Observed now,
            AppLease lease) {
        this.request = request;
        this.progress = progress;
        this.report = report;
        this.server = server;
        this.applySet = applySet;
        this.now = now;
        this.lease = lease;
        this.applier = new Applier(
                now.objects(), now.errors(), progress, request.apply().force());
        this.health = new HealthWaiter(now.objects(), now.resources(), HealthRules.standard(), progress);
    }

    /** One sentence on how it ended. */
    String message() {
        return message;
    }

    Status carryOut() throws LeaseHeldException, ClusterException, InterruptedException {
        Pruner pruner = new Pruner(now.objects(), now.resources(), progress);
        try {
            return stages(now.plan(), now.inventory(), pruner);
        } finally {
            report.done.addAll(applier.applied().keySet());
            report.done.addAll(pruner.pruned());
            report.failed.putAll(applier.failed());
            report.failed.putAll(pruner.failed());
            report.health.putAll(health.verdicts());
        }
    }

    private Status stages(Plan plan, Inventory inventory, Pruner pruner)
            throws LeaseHeldException, ClusterException, InterruptedException {
        boolean writes = plan.writes();
        Status failure = writes ? apply(plan, inventory) : null;
        if (failure == null) {
            report.phase("health");
            failure = awaitHealth(plan);
        }
        List<Change> prunes = plan.prunes();
        if (failure == null && !prunes.isEmpty()) {
            report.phase("prune");
            pruner.prune(prunes);
            if (!pruner.failed().isEmpty()) {
                message = count(pruner.failed().size(), "object") + " could not be pruned";
                failure = Status.FAILED;
            }
        }
        if (failure != null) {
            now.store().save(unfinished(plan, inventory), report.repository);
            return failure;
        }
        Inventory finished = finished(plan, inventory);
        if (!finished.equals(inventory)) {
            now.store().save(finished, report.repository);
        }
        message = writes ? "the cluster is what Git declares" : "nothing had changed";
        return Status.IN_SYNC;
    }

    /**
     * Applies stage by stage and stops at the first one in which something was refused.
     *
     * @return how the sync failed; {@code null} where it did not
     */
    private Status apply(Plan plan, Inventory inventory)
            throws LeaseHeldException, ClusterException, InterruptedException {
        report.phase("apply");
        List<Change> declared = plan.declared().toList();
        Inventory widened = inventory.widenedBy(ids(declared), applySet.namespace());
        // The inventory lives in the home namespace, so that comes first; its label is enough to find it again.
        if (!applier.apply(declared.stream().filter(this::isHome).toList())) {
            return refused();
        }
        lease.acquire();
        if (!widened.equals(inventory)) {
            now.store().save(widened, report.repository);
        }
        boolean verified = false;
        for (Stages.Step step : Stages.of(declared)) {
            if (!step.definitions() && !verified) {
                verified = true;
                if (!verifyLate(declared)) {
                    message = "custom resources or objects in new namespaces are not sound; only their definitions were"
                            + " applied";
                    return Status.FAILED;
                }
            }
            List<Change> changes =
                    step.changes().stream().filter(change -> !isHome(change)).toList();
            if (!applier.apply(changes)) {
                return refused();
            }
            if (step.definitions() && !established(step.changes())) {
                message = health.complaint() + "; what needs it was not applied";
                return Status.UNHEALTHY;
            }
        }
        return null;
    }

    private Status refused() {
        applier.failed().values().forEach(report.problems::add);
        message = "the cluster refused " + count(applier.failed().size(), "object") + "; nothing was pruned";
        return Status.FAILED;
    }

    private boolean isHome(Change change) {
        ObjectId id = change.id();
        return change.action() == Action.CREATE
                && id.kind().equals("Namespace")
                && id.group().isEmpty()
                && id.name().equals(applySet.namespace());
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

    /** Dry-runs what could not be verified before its CRD or namespace existed, all of it before any of it is written. */
    private boolean verifyLate(List<Change> declared) throws ClusterException, InterruptedException {
        List<Target> late = declared.stream()
                .map(Change::target)
                .filter(target -> !target.verifiable())
                .map(Target::verified)
                .toList();
        if (late.isEmpty()) {
            return true;
        }
        awaitServed(late);
        Plan verified = now.planner().plan(late, Map.of());
        report.problems.addAll(verified.problems());
        return verified.isSound();
    }

    /** An established CRD may take a moment longer until discovery shows it. */
    private void awaitServed(List<Target> targets) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + DEFINITIONS_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            ApiResources served = Discovery.discover(server);
            boolean all = targets.stream().allMatch(target -> served.find(
                            target.resource().apiVersion(), target.resource().kind())
                    .isPresent());
            if (all) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private Status awaitHealth(Plan plan) throws ClusterException, InterruptedException {
        plan.declared().forEach(change -> {
            ObjectNode seen = applier.applied().getOrDefault(change.id(), change.live());
            health.assess(change.id(), seen);
        });
        List<Target> targets = plan.declared().map(Change::target).toList();
        if (!request.health().await() || health.await(targets, request.health().timeout())) {
            return null;
        }
        message = health.complaint() + "; nothing was pruned";
        return Status.UNHEALTHY;
    }

    /** After everything went well the inventory says exactly what is there. */
    private Inventory finished(Plan plan, Inventory before) {
        List<Change> marked = plan.changes().stream()
                .filter(change -> change.target() != null || change.action() == Action.KEEP)
                .toList();
        Map<ObjectId, String> digests = new HashMap<>();
        marked.forEach(change -> digest(change, before, digests));
        return Inventory.of(ids(marked), digests, applySet.namespace(), report.revision.commit());
    }

    /** Everything that may carry the mark, what is known to have been synced, and the revision that was synced last. */
    private Inventory unfinished(Plan plan, Inventory before) {
        Map<ObjectId, String> digests = new HashMap<>(before.synced());
        plan.changes().stream()
                .filter(change -> applier.applied().containsKey(change.id()) || change.action() == Action.NONE)
                .forEach(change -> digest(change, before, digests));
        return Inventory.of(before.synced().keySet(), digests, applySet.namespace(), before.revision())
                .widenedBy(ids(plan.changes()), applySet.namespace());
    }

    private static void digest(Change change, Inventory before, Map<ObjectId, String> digests) {
        String digest = change.target() != null
                ? change.target().digest()
                : before.synced().get(change.id());
        if (digest != null) {
            digests.put(change.id(), digest);
        }
    }

    private static List<ObjectId> ids(List<Change> changes) {
        return changes.stream().map(Change::id).toList();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
