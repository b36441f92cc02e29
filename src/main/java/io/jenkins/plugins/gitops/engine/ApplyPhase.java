package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.apply.Applier;
import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.Wave;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies what Git declares, wave by wave, and stops where something was refused or did not become healthy. */
final class ApplyPhase {

    /** How long CRDs and namespaces may take to come into being; they do in well under a second. */
    private static final Duration DEFINITIONS_TIMEOUT = Duration.ofSeconds(60);

    private final SyncContext context;
    private final InventoryKeeper inventory;
    private final Applier applier;
    private final HealthWaiter health;
    private final HookPhases hooks;
    private final Map<ObjectId, Target> served = new HashMap<>();
    private boolean verified;

    ApplyPhase(SyncContext context, InventoryKeeper inventory, Applier applier, HealthWaiter health, HookPhases hooks) {
        this.context = context;
        this.inventory = inventory;
        this.applier = applier;
        this.health = health;
        this.hooks = hooks;
    }

    private List<Change> declared() {
        return context.report().plan.declared().toList();
    }

    /**
     * What must be there before anything else, hooks too: the home namespace, in which the inventory lives, and the
     * namespaces of hooks.
     *
     * @return how the sync failed; empty where it did not
     */
    Optional<Failure> prepare() throws LeaseHeldException, ClusterException, InterruptedException {
        if (!applier.apply(declared().stream().filter(this::isPlace).toList())) {
            return refused();
        }
        context.lease().acquire();
        inventory.widen(declared());
        return Optional.empty();
    }

    /** @return how the sync failed; empty where it did not */
    Optional<Failure> carryOut() throws ClusterException, InterruptedException {
        List<Wave> waves = Wave.of(declared(), context.now().hooks().in(HookPhase.SYNC));
        List<Wave> earlier = new ArrayList<>();
        for (Wave wave : waves) {
            if (wave.writes()) {
                Optional<Failure> failure = awaitEarlier(earlier, wave);
                if (failure.isEmpty()) {
                    failure = carryOut(wave, waves.size() > 1);
                }
                if (failure.isPresent()) {
                    return failure;
                }
            }
            earlier.add(wave);
        }
        return Optional.empty();
    }

    private Optional<Failure> carryOut(Wave wave, boolean named) throws ClusterException, InterruptedException {
        if (named) {
            context.progress()
                    .message("wave " + wave.number() + ": "
                            + Sync.count(wave.changes().size() + wave.hooks().size(), "object"));
        }
        context.report().timeline.beginWave(wave.number());
        for (Wave.Step step : wave.steps()) {
            Optional<Failure> failure = carryOut(step);
            if (failure.isPresent()) {
                return failure;
            }
        }
        if (wave.hooks().isEmpty()) {
            return Optional.empty();
        }
        int known = hooks.runner().problems().size();
        boolean succeeded = hooks.runner().await();
        hooks.runner().end();
        return succeeded
                ? Optional.empty()
                : Optional.of(hooks.failure(known, "what comes after wave " + wave.number() + " was not applied"));
    }

    private Optional<Failure> carryOut(Wave.Step step) throws ClusterException, InterruptedException {
        if (!step.definitions() && !verified) {
            verified = true;
            if (!new LateVerification(context).verify(declared(), DEFINITIONS_TIMEOUT)) {
                return Optional.of(new Failure(
                        Status.FAILED,
                        "custom resources or objects in new namespaces are not sound; only their definitions were"
                                + " applied"));
            }
        }
        Optional<Failure> failure = awaitDependencies(step);
        if (failure.isPresent()) {
            return failure;
        }
        List<Change> changes = new ArrayList<>();
        for (Change change : step.changes()) {
            Optional<Change> now = isPlace(change) ? Optional.empty() : known(change);
            if (now.isEmpty() && !isPlace(change)) {
                return Optional.of(new Failure(Status.FAILED, change.id() + " is not sound; nothing was pruned"));
            }
            now.ifPresent(changes::add);
        }
        if (!applier.apply(changes)) {
            return refused();
        }
        if (!step.hooks().isEmpty()) {
            int known = hooks.runner().problems().size();
            if (!hooks.runner().begin(step.hooks())) {
                hooks.runner().end();
                return Optional.of(hooks.failure(known, "nothing was pruned"));
            }
        }
        if (step.definitions() && !established(step.changes())) {
            return Optional.of(new Failure(Status.UNHEALTHY, health.complaint() + "; what needs it was not applied"));
        }
        return Optional.empty();
    }

    /** An object of a kind that was not served before is looked at again. */
    private Optional<Change> known(Change change) throws ClusterException, InterruptedException {
        if (change.target().resource().isServed()) {
            return Optional.of(change);
        }
        Optional<Change> now = new LateVerification(context)
                .resolve(change.target(), context.request().health().orderTimeout());
        now.ifPresent(found -> {
            context.report().plan = context.report().plan.with(change.id(), found);
            served.put(change.id(), found.target());
        });
        return now;
    }

    /** Nothing of a wave is written before everything of the waves before it is healthy. */
    private Optional<Failure> awaitEarlier(List<Wave> earlier, Wave wave)
            throws ClusterException, InterruptedException {
        List<Target> targets =
                earlier.stream().flatMap(other -> targets(other).stream()).toList();
        if (targets.isEmpty() || awaitHealthy(targets)) {
            return Optional.empty();
        }
        return Optional.of(new Failure(
                Status.UNHEALTHY,
                health.complaint() + "; wave " + wave.number() + " and what follows was not applied"));
    }

    /** As they are known now. */
    private List<Target> targets(Wave wave) {
        return wave.targets().stream()
                .map(target -> served.getOrDefault(target.id(), target))
                .toList();
    }

    private Optional<Failure> awaitDependencies(Wave.Step step) throws ClusterException, InterruptedException {
        if (step.dependencies().isEmpty()) {
            return Optional.empty();
        }
        Set<ObjectId> wanted = Set.copyOf(step.dependencies());
        List<Target> targets = declared().stream()
                .filter(change -> wanted.contains(change.id()))
                .map(Change::target)
                .toList();
        if (awaitHealthy(targets)) {
            return Optional.empty();
        }
        String waiting = step.changes().stream()
                .filter(change -> change.action().writes())
                .map(change -> change.id().toString())
                .collect(Collectors.joining(", "));
        return Optional.of(
                new Failure(Status.UNHEALTHY, health.complaint() + "; what depends on it was not applied: " + waiting));
    }

    private boolean awaitHealthy(List<Target> targets) throws ClusterException, InterruptedException {
        Set<ObjectId> wanted = targets.stream().map(Target::id).collect(Collectors.toSet());
        declared().stream().filter(change -> wanted.contains(change.id())).forEach(change -> {
            if (!health.verdicts().containsKey(change.id()) && change.live() != null) {
                health.assess(change.id(), change.live());
            }
        });
        return health.await(targets, context.request().health().orderTimeout());
    }

    private Optional<Failure> refused() {
        context.report().problems.addAll(applier.failed().values());
        return Optional.of(new Failure(
                Status.FAILED,
                "the cluster refused " + Sync.count(applier.failed().size(), "object") + "; nothing was pruned"));
    }

    /** Whether it is a namespace that does not exist yet and that is needed first of all. */
    private boolean isPlace(Change change) {
        ObjectId id = change.id();
        if (change.action() != Action.CREATE
                || !id.kind().equals("Namespace")
                || !id.group().isEmpty()) {
            return false;
        }
        return id.name().equals(context.applySet().namespace())
                || context.now().hooks().in(HookPhase.PRE_SYNC).stream()
                        .map(HookTask::id)
                        .anyMatch(hook -> hook.namespace().equals(id.name()));
    }

    /** Waits until the CRDs are served and the namespaces are active. */
    private boolean established(List<Change> definitions) throws ClusterException, InterruptedException {
        List<Target> written = definitions.stream()
                .filter(change -> applier.applied().containsKey(change.id()))
                .map(Change::target)
                .toList();
        return health.await(written, DEFINITIONS_TIMEOUT);
    }
}
