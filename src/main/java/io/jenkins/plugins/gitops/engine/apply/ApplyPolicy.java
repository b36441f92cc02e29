package io.jenkins.plugins.gitops.engine.apply;

import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import java.io.Serializable;
import java.util.Objects;
import java.util.Set;

/**
 * How changes are made.
 *
 * @param prune whether objects that left Git are deleted
 * @param force whether fields that other managers own are taken over, or reported as conflicts
 * @param replace whether an object may be deleted and made again where a field that differs cannot be changed; what holds
 *     data must agree itself, by its annotation
 * @param takeOver tools whose objects become this app's: their claims on fields become ours and their marks go
 * @param deletion whether the deletion of a whole app is agreed to; without that it is only shown
 * @param pruneLimit how much may be pruned in one go
 */
public record ApplyPolicy(
        boolean prune, boolean force, boolean replace, Set<Tool> takeOver, boolean deletion, PruneLimit pruneLimit)
        implements Serializable {

    /** Prunes, and Git wins over other managers. */
    public static final ApplyPolicy DEFAULT = new ApplyPolicy(true, true, PruneLimit.DEFAULT);

    public ApplyPolicy {
        takeOver = Set.copyOf(takeOver);
        Objects.requireNonNull(pruneLimit, "pruneLimit");
    }

    /** Replaces nothing that does not ask for it itself, and takes nothing over. */
    public ApplyPolicy(boolean prune, boolean force, PruneLimit pruneLimit) {
        this(prune, force, false, Set.of(), pruneLimit);
    }

    /** Of everything but the deletion of a whole app. */
    public ApplyPolicy(boolean prune, boolean force, boolean replace, Set<Tool> takeOver, PruneLimit pruneLimit) {
        this(prune, force, replace, takeOver, false, pruneLimit);
    }

    public ApplyPolicy withPrune(boolean value) {
        return new ApplyPolicy(value, force, replace, takeOver, deletion, pruneLimit);
    }

    public ApplyPolicy withForce(boolean value) {
        return new ApplyPolicy(prune, value, replace, takeOver, deletion, pruneLimit);
    }

    public ApplyPolicy withReplace(boolean value) {
        return new ApplyPolicy(prune, force, value, takeOver, deletion, pruneLimit);
    }

    public ApplyPolicy withTakeOver(Set<Tool> value) {
        return new ApplyPolicy(prune, force, replace, value, deletion, pruneLimit);
    }

    public ApplyPolicy withPruneLimit(PruneLimit value) {
        return new ApplyPolicy(prune, force, replace, takeOver, deletion, value);
    }

    public ApplyPolicy withDeletion(boolean value) {
        return new ApplyPolicy(prune, force, replace, takeOver, value, pruneLimit);
    }
}
