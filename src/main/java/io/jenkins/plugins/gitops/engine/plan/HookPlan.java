package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The hooks of an app.
 *
 * @param tasks each hook once for each of its phases
 * @param digest of all hooks as Git declares them, to see whether one has changed since they ran; empty without hooks
 * @param untouched objects that Git declares and that a sync neither applies nor prunes, and why
 * @param due whether this sync runs them
 */
public record HookPlan(List<HookTask> tasks, String digest, Map<ObjectId, String> untouched, boolean due) {

    public static final HookPlan NONE = new HookPlan(List.of(), "", Map.of(), false);

    public HookPlan {
        tasks = List.copyOf(tasks);
        untouched = Map.copyOf(untouched);
    }

    /** Those of one phase that this sync runs. */
    public List<HookTask> in(HookPhase phase) {
        return due ? all(phase) : List.of();
    }

    /** Those of one phase. */
    public List<HookTask> all(HookPhase phase) {
        return tasks.stream().filter(task -> task.phase() == phase).toList();
    }

    /** Every object that running them may make. */
    public SortedSet<ObjectId> ids() {
        SortedSet<ObjectId> ids = new TreeSet<>();
        tasks.forEach(task -> ids.add(task.id()));
        return ids;
    }

    public HookPlan whenDue(boolean value) {
        return new HookPlan(tasks, digest, untouched, value);
    }
}
