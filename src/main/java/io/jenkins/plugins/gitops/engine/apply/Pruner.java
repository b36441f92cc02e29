package io.jenkins.plugins.gitops.engine.apply;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes what left Git: the kinds in the reverse of the order in which they are applied, and exactly the objects that
 * the plan saw. An object that was changed or made again meanwhile is left for the next sync.
 */
public final class Pruner {

    private final ApiResources resources;
    private final ProgressListener progress;
    private final Deletions deletions;
    private final Duration timeout;
    private final Set<ObjectId> pruned = ConcurrentHashMap.newKeySet();
    private final Map<ObjectId, Problem> failed = new ConcurrentHashMap<>();
    private String complaint = "";

    /** @param timeout how long finalizers may hold an object back before what comes after it */
    public Pruner(ObjectApi objects, ApiResources resources, ProgressListener progress, Duration timeout) {
        this.deletions = new Deletions(objects, progress);
        this.timeout = timeout;
        this.resources = resources;
        this.progress = progress;
    }

    /** Why pruning stopped half-way; empty where it did not. */
    public String complaint() {
        return complaint;
    }

    public Set<ObjectId> pruned() {
        return pruned;
    }

    public Map<ObjectId, Problem> failed() {
        return failed;
    }

    public void prune(List<Change> changes) throws ClusterException, InterruptedException {
        for (Iterator<List<Change>> steps = Wave.pruning(changes).iterator(); steps.hasNext(); ) {
            Parallel.forEach(steps.next(), this::prune);
            if (steps.hasNext() && !deletions.awaitGone(timeout)) {
                // What is deleted next may be what would take the finalizers off.
                complaint = deletions.complaint();
                return;
            }
        }
    }

    private void prune(Change change) throws ClusterException, InterruptedException {
        ObjectId id = change.id();
        ApiResource resource = resources
                .findByGroupKind(id.groupKind())
                .orElseThrow(() -> new ClusterException("the cluster no longer serves " + id.groupKind(), ""));
        try {
            boolean there = deletions.delete(resource, id, change.uid(), change.resourceVersion());
            pruned.add(id);
            progress.object(id, "pruned", there ? "" : "was gone already");
        } catch (ApiException e) {
            if (e.isUnauthorized()) {
                throw e;
            }
            String message = e.isConflict()
                    ? id + ": it was changed or made again since the plan; it is kept, the next sync looks again"
                    : id + ": " + e.getMessage();
            failed.put(id, Problem.error(null, message));
            progress.object(id, "failed", message);
        }
    }
}
