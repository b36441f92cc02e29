package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.DryRunErrors;
import io.jenkins.plugins.gitops.engine.plan.LiveState;
import io.jenkins.plugins.gitops.engine.plan.TakeOver;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.plan.WholeObject;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Writes changes to the cluster and keeps what came of each; of the objects themselves nothing is kept. */
public final class Applier {

    private final ObjectApi objects;
    private final DryRunErrors errors;
    private final ProgressListener progress;
    private final boolean force;
    private final Duration timeout;
    private final TakeOver takeOver;
    private final BiConsumer<ObjectId, ObjectNode> written;
    private final Map<ObjectId, String> applied = new ConcurrentHashMap<>();
    private final Map<ObjectId, Problem> failed = new ConcurrentHashMap<>();

    /**
     * @param timeout how long an object that is replaced may take to go
     * @param written is given each object that the cluster has accepted, as it is after it; by several threads
     */
    public Applier(
            ObjectApi objects,
            DryRunErrors errors,
            ProgressListener progress,
            ApplyPolicy policy,
            Duration timeout,
            BiConsumer<ObjectId, ObjectNode> written) {
        this.written = written;
        this.timeout = timeout;
        this.takeOver = new TakeOver(policy.takeOver());
        this.objects = objects;
        this.errors = errors;
        this.progress = progress;
        this.force = policy.force();
    }

    /** The objects that the cluster has accepted, and the {@linkplain LiveState state} of each after it. */
    public Map<ObjectId, String> applied() {
        return applied;
    }

    /** What the cluster has refused, and why. */
    public Map<ObjectId, Problem> failed() {
        return failed;
    }

    /**
     * Applies changes of one stage, several at a time. A refused object does not keep its neighbours back; whether the
     * sync goes on is the caller's decision.
     *
     * @return whether all of them were accepted
     */
    public boolean apply(List<Change> changes) throws ClusterException, InterruptedException {
        List<Change> writes = changes.stream()
                .filter(change -> change.target() != null && change.action().writes())
                .toList();
        Parallel.forEach(writes, this::apply);
        return failed.isEmpty();
    }

    /** What is still worth saying now that it is done. */
    public static String note(Change change) {
        if (change.action() == Action.CREATE) {
            return change.cause() == Cause.DRIFT ? "it had been deleted in the cluster" : "";
        }
        return change.message();
    }

    private void apply(Change change) throws ClusterException, InterruptedException {
        try {
            ObjectNode live = change.live();
            if (change.removal() != null) {
                live = objects.jsonPatch(
                        change.target().resource(),
                        change.id().namespace(),
                        change.id().name(),
                        change.removal());
            }
            ObjectNode result = write(change, live);
            written.accept(change.id(), result);
            applied.put(change.id(), LiveState.of(result));
            progress.object(change.id(), change.action().done(), note(change));
        } catch (Deletions.Held e) {
            fail(
                    change,
                    Problem.error(
                            change.target().manifest().location(),
                            e.getMessage(),
                            "sync again when it is gone: it is made then"));
        } catch (ApiException e) {
            if (e.isUnauthorized()) {
                throw e;
            }
            Problem problem = errors.problem(change.target(), e);
            fail(change, problem);
        }
    }

    private void fail(Change change, Problem problem) {
        failed.put(change.id(), problem);
        progress.object(change.id(), "failed", problem.message());
    }

    private ObjectNode write(Change change, ObjectNode live)
            throws Deletions.Held, ClusterException, InterruptedException {
        Target target = change.target();
        ObjectOptions options = ObjectOptions.of(target.manifest().json());
        if (change.action() == Action.REPLACE) {
            Deletions deletions = new Deletions(objects, progress);
            deletions.delete(target.resource(), change.id(), change.uid(), null);
            deletions.requireGone(timeout);
        } else if (options.replace() && live != null) {
            ObjectNode body = WholeObject.of(target.manifest().json(), live);
            return objects.replace(target.resource(), body, ObjectApi.Mode.WRITE, options.validate());
        } else {
            Handover.carryOut(objects, takeOver, target, live);
        }
        return objects.apply(
                        target.resource(), target.manifest().json(), force, ObjectApi.Mode.WRITE, options.validate())
                .object();
    }
}
