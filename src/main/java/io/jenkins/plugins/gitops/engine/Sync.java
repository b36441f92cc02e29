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
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import io.jenkins.plugins.gitops.engine.plan.DryRunErrors;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The writing half of a run: apply a plan, wait, prune, and keep the inventory true at every instant. */
final class Sync {

    /** How long CRDs and namespaces may take to come into being; they do in well under a second. */
    private static final Duration DEFINITIONS_TIMEOUT = Duration.ofSeconds(60);

    private final SyncRequest request;
    private final ProgressListener progress;
    private final ReportBuilder report;
    private final ApiServer server;
    private final InventoryStore store;
    private final ApplySet applySet;
    private final Planner planner;
    private final Applier applier;
    private final HealthWaiter health;
    private final ObjectApi objects;
    private final ApiResources resources;
    private String message = "";

    Sync(
            SyncRequest request,
            ProgressListener progress,
            ReportBuilder report,
            ObjectApi objects,
            ApiResources resources,
            ApiServer server,
            InventoryStore store,
            ApplySet applySet,
            DryRunErrors errors,
            Planner planner) {
        this.request = request;
        this.progress = progress;
        this.report = report;
        this.objects = objects;
        this.resources = resources;
        this.server = server;
        this.store = store;
        this.applySet = applySet;
        this.planner = planner;
        this.applier = new Applier(objects, errors, progress, request.force());
        this.health = new HealthWaiter(objects, resources, HealthRules.standard(), progress);
    }

    /** One sentence on how it ended. */
    String message() {
        return message;
    }

    Status carryOut(Plan plan, Inventory inventory)
            throws ClusterException, InterruptedException {
        Pruner pruner = new Pruner(objects, resources, progress);
        try {
            return stages(plan, inventory, pruner);
        } finally {
            report.done.addAll(applier.applied().keySet());
            report.done.addAll(pruner.pruned());
            report.failed.putAll(applier.failed());
            report.failed.putAll(pruner.failed());
            report.health.putAll(health.verdicts());
        }
    }

    private Status stages(Plan plan, Inventory inventory, Pruner pruner)
            throws ClusterException, InterruptedException {
        boolean writes = plan.changes().stream().anyMatch(change -> change.action().writes());
        if (writes) {
            report.phase("apply");
            if (!apply(plan, inventory)) {
                message = "the cluster refused " + count(applier.failed().size(), "object") + "; nothing was pruned";
                return Status.FAILED;
            }
        }
        report.phase("health");
        if (!healthy(plan)) {
            return Status.UNHEALTHY;
        }
        List<Change> prunes = plan.prunes();
        if (!prunes.isEmpty()) {
            report.phase("prune");
            pruner.prune(prunes);
            if (!pruner.failed().isEmpty()) {
                message = count(pruner.failed().size(), "object") + " could not be pruned";
                return Status.FAILED;
            }
        }
        narrow(plan, inventory);
        message = writes ? "the cluster is what Git declares" : "nothing had changed";
        return Status.IN_SYNC;
    }

    /** Applies stage by stage and stops at the first one in which something was refused. */
    private boolean apply(Plan plan, Inventory inventory) throws ClusterException, InterruptedException {
        List<Change> declared = plan.declared().toList();
        Inventory widened = inventory.widenedBy(
                declared.stream().map(Change::id).toList(), applySet.namespace());
        List<Change> home = declared.stream().filter(this::isHome).toList();
        // The inventory lives in the home namespace, so that comes first; its label is enough to find it again.
        if (!applier.apply(home)) {
            return false;
        }
        if (!widened.equals(inventory)) {
            store.save(widened, report.repository);
        }
        boolean verified = false;
        for (Stages.Step step : Stages.of(declared)) {
            if (!step.definitions() && !verified) {
                verified = true;
                if (!verifyLate(declared)) {
                    return false;
                }
            }
            List<Change> changes =
                    step.changes().stream().filter(change -> !isHome(change)).toList();
            if (!applier.apply(changes)) {
                return false;
            }
            if (step.definitions() && !established(step.changes())) {
                return false;
            }
        }
        return true;
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
        Plan verified = planner.plan(late, Map.of());
        report.problems.addAll(verified.problems());
        if (!verified.isSound()) {
            message = "custom resources or objects in new namespaces are not sound; their definitions were applied";
        }
        return verified.isSound();
    }

    /** An established CRD may take a moment longer until discovery shows it. */
    private void awaitServed(List<Target> targets) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + DEFINITIONS_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            ApiResources now = Discovery.discover(server);
            boolean served = targets.stream()
                    .allMatch(target -> now
                            .find(target.resource().apiVersion(), target.resource().kind())
                            .isPresent());
            if (served) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private boolean healthy(Plan plan) throws ClusterException, InterruptedException {
        List<Target> targets = plan.declared().map(Change::target).toList();
        plan.declared().forEach(change -> {
            ObjectNode seen = applier.applied().getOrDefault(change.id(), change.live());
            health.assess(change.id(), seen);
        });
        if (!request.awaitHealth()) {
            return true;
        }
        if (health.await(targets, request.timeout())) {
            return true;
        }
        message = "not healthy within " + request.timeout().toSeconds() + " s; nothing was pruned";
        return false;
    }

    /** After everything went well the inventory says exactly what is there. */
    private void narrow(Plan plan, Inventory inventory) throws ClusterException, InterruptedException {
        Map<ObjectId, String> digests = new HashMap<>();
        Set<ObjectId> marked = new HashSet<>();
        for (Change change : plan.changes()) {
            if (change.target() != null) {
                digests.put(change.id(), change.target().digest());
                marked.add(change.id());
            } else if (change.action() == Action.KEEP) {
                marked.add(change.id());
            }
        }
        Inventory narrowed = Inventory.of(marked, digests, applySet.namespace(), report.revision.commit());
        if (!narrowed.equals(inventory)) {
            store.save(narrowed, report.repository);
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
