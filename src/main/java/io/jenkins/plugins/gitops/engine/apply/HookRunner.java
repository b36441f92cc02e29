package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.HookDeletePolicy;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.plan.DryRunErrors;
import io.jenkins.plugins.gitops.engine.plan.HookPlanner;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs hooks: makes their objects, waits until they are through, and deletes them as their policies say. A hook is always
 * made anew, since one that is left of an earlier sync would not run again.
 */
public final class HookRunner {

    private final ObjectApi objects;
    private final ApplySet applySet;
    private final DryRunErrors errors;
    private final HealthWaiter health;
    private final ProgressListener progress;
    private final Duration timeout;
    private final List<HookRun> runs = new ArrayList<>();
    private final Map<HookTask, HookRun> open = new LinkedHashMap<>();
    private final Set<ObjectId> left = ConcurrentHashMap.newKeySet();

    /**
     * @param health of hooks alone
     * @param timeout how long the hooks of one wave may take
     * @param left objects that hooks of earlier syncs may have left in the cluster
     */
    public HookRunner(
            ObjectApi objects,
            ApplySet applySet,
            DryRunErrors errors,
            HealthWaiter health,
            ProgressListener progress,
            Duration timeout,
            Collection<ObjectId> left) {
        this.left.addAll(left);
        this.objects = objects;
        this.applySet = applySet;
        this.errors = errors;
        this.health = health;
        this.progress = progress;
        this.timeout = timeout;
    }

    /** Every hook that was begun, in that order. */
    public List<HookRun> runs() {
        return runs;
    }

    /** The objects of hooks that may be in the cluster. */
    public Set<ObjectId> left() {
        return left;
    }

    /** What failed, as a report tells it. */
    public List<Problem> problems() {
        return runs.stream()
                .map(HookRun::problem)
                .filter(problem -> problem != null)
                .toList();
    }

    /**
     * Runs the hooks of one phase, wave by wave, and stops at the first wave in which one fails.
     *
     * @return whether all of them succeeded
     */
    public boolean run(List<HookTask> tasks) throws ClusterException, InterruptedException {
        Map<Integer, Map<Stage, List<HookTask>>> waves = new TreeMap<>();
        for (HookTask task : tasks) {
            waves.computeIfAbsent(task.wave(), wave -> new TreeMap<>())
                    .computeIfAbsent(Order.stage(task.id()), stage -> new ArrayList<>())
                    .add(task);
        }
        boolean succeeded = true;
        for (Map<Stage, List<HookTask>> wave : waves.values()) {
            for (List<HookTask> step : wave.values()) {
                succeeded = succeeded && begin(step);
            }
            succeeded = succeeded && await();
            if (!succeeded) {
                break;
            }
        }
        end();
        return succeeded;
    }

    /**
     * Makes the objects of hooks.
     *
     * @return whether the cluster accepted all of them
     */
    public boolean begin(List<HookTask> tasks) throws ClusterException, InterruptedException {
        for (HookTask task : tasks) {
            HookRun run = new HookRun(task);
            runs.add(run);
            open.put(task, run);
        }
        Parallel.forEach(tasks, task -> create(task, open.get(task)));
        return tasks.stream().allMatch(task -> open.get(task).problem() == null);
    }

    private void create(HookTask task, HookRun run) throws ClusterException, InterruptedException {
        Target target = task.target();
        try {
            left.add(task.id());
            boolean inPlace = !clear(task);
            ObjectNode made = inPlace
                    ? objects.apply(
                                    target.resource(),
                                    target.manifest().json(),
                                    true,
                                    ObjectApi.Mode.WRITE,
                                    validate(target))
                            .object()
                    : objects.create(
                            target.resource(), target.manifest().json(), ObjectApi.Mode.WRITE, validate(target));
            run.created(made);
            health.assess(task.id(), made);
            progress.object(task.id(), "started", task.phase().title() + " hook");
        } catch (ApiException e) {
            if (e.isUnauthorized()) {
                throw e;
            }
            run.failed(errors.problem(target, e));
            progress.object(task.id(), "failed", run.problem().message());
        }
    }

    private static boolean validate(Target target) {
        return ObjectOptions.of(target.manifest().json()).validate();
    }

    /** Deletes what is left of an earlier run; {@code false} where it stays, since it may hold data. */
    private boolean clear(HookTask task) throws ClusterException, InterruptedException {
        Target target = task.target();
        ObjectId id = task.id();
        var found = objects.get(target.resource(), id.namespace(), id.name());
        if (found.isEmpty()) {
            return true;
        }
        String mark = found.get()
                .path("metadata")
                .path("labels")
                .path(ApplySet.PART_OF_LABEL)
                .asText();
        if (!mark.equals(applySet.id())) {
            throw new ApiException(
                    409,
                    "AlreadyExists",
                    "there is an object of that name that is not this app's; the hook was not run",
                    List.of());
        }
        if (!task.isMadeAnew()) {
            return false;
        }
        Deletions deletions = new Deletions(objects, progress);
        deletions.delete(
                target.resource(), id, found.get().path("metadata").path("uid").asText(), null);
        if (!deletions.awaitGone(timeout)) {
            throw new ApiException(409, "AlreadyExists", deletions.complaint(), List.of());
        }
        return true;
    }

    /**
     * Waits until every hook that was begun is through.
     *
     * @return whether all of them succeeded
     */
    public boolean await() throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean succeeded = true;
        for (List<HookTask> waiting = waiting(); !waiting.isEmpty(); waiting = waiting()) {
            // One that fails ends a wait early; the others go on all the same.
            long left = Math.max(0, deadline - System.nanoTime());
            health.await(waiting.stream().map(HookTask::target).toList(), Duration.ofNanos(left));
            for (HookTask task : waiting) {
                succeeded &= settle(task, open.get(task), System.nanoTime() >= deadline);
            }
        }
        return succeeded;
    }

    private List<HookTask> waiting() {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().isRunning())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @return whether the hook has not failed */
    private boolean settle(HookTask task, HookRun run, boolean timeIsUp) {
        Health verdict = health.verdicts().get(task.id());
        HealthStatus status = verdict == null ? HealthStatus.UNKNOWN : verdict.status();
        if (status == HealthStatus.HEALTHY) {
            run.succeeded();
            progress.object(task.id(), "succeeded", "after " + seconds(run.duration()));
            return true;
        }
        boolean over = verdict != null && verdict.terminal();
        String why = verdict == null ? "not looked at yet" : verdict.message();
        if (over) {
            fail(task, run, why);
        } else if (status == HealthStatus.SUSPENDED) {
            run.hanging(true);
            fail(task, run, why + ": a hook that does not run is never through");
        } else if (timeIsUp) {
            run.hanging(true);
            fail(task, run, "not through within " + seconds(timeout) + ": " + why);
        } else {
            return true;
        }
        return false;
    }

    private void fail(HookTask task, HookRun run, String message) {
        run.failed(Problem.error(
                task.target().manifest().location(),
                task.id() + ": " + task.phase().title() + " hook: " + message));
        progress.object(task.id(), "failed", message);
    }

    private static String seconds(Duration duration) {
        return Math.max(1, Math.round(duration.toMillis() / 1000.0)) + " s";
    }

    /** Ends a phase: deletes what its policies say. What hangs is deleted whatever they say, or it would go on. */
    public void end() throws ClusterException, InterruptedException {
        List<Map.Entry<HookTask, HookRun>> done = open.entrySet().stream()
                .filter(entry -> entry.getValue().object() != null && goes(entry.getKey(), entry.getValue()))
                .toList();
        open.clear();
        Deletions deletions = new Deletions(objects, progress);
        Parallel.forEach(done, entry -> {
            HookTask task = entry.getKey();
            String uid = entry.getValue().object().path("metadata").path("uid").asText();
            try {
                deletions.delete(task.target().resource(), task.id(), uid, null);
                left.remove(task.id());
                progress.object(task.id(), "deleted", entry.getValue().isHanging() ? "it was not through in time" : "");
            } catch (ApiException e) {
                progress.object(task.id(), "kept", "it could not be deleted: " + e.getMessage());
            }
        });
    }

    private static boolean goes(HookTask task, HookRun run) {
        Set<HookDeletePolicy> policies = task.hook().deletePolicies();
        if (run.isHanging() || run.isRunning()) {
            return task.isMadeAnew();
        }
        return policies.contains(
                run.problem() == null ? HookDeletePolicy.HOOK_SUCCEEDED : HookDeletePolicy.HOOK_FAILED);
    }

    /** Whether a live object may be deleted as a leftover of one of this app's hooks. */
    public boolean isLeftover(ObjectNode live) {
        return HookPlanner.isHookOf(live, applySet);
    }
}
