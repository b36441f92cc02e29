package io.jenkins.plugins.gitops.engine.apply;

import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import java.util.Objects;

/**
 * How changes are made.
 *
 * @param prune whether objects that left Git are deleted
 * @param force whether fields that other managers own are taken over, or reported as conflicts
 * @param pruneLimit how much may be pruned in one go
 */
public record ApplyPolicy(boolean prune, boolean force, PruneLimit pruneLimit) {

    /** Prunes, and Git wins over other managers. */
    public static final ApplyPolicy DEFAULT = new ApplyPolicy(true, true, PruneLimit.DEFAULT);

    public ApplyPolicy {
        Objects.requireNonNull(pruneLimit, "pruneLimit");
    }

    public ApplyPolicy withPrune(boolean value) {
        return new ApplyPolicy(value, force, pruneLimit);
    }

    public ApplyPolicy withForce(boolean value) {
        return new ApplyPolicy(prune, value, pruneLimit);
    }

    public ApplyPolicy withPruneLimit(PruneLimit value) {
        return new ApplyPolicy(prune, force, value);
    }
}
