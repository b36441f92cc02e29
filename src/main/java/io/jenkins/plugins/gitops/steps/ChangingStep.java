package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step needs to know that changes a cluster, or shows what would be changed. */
public abstract class ChangingStep extends ComparingStep {
    private static final long serialVersionUID = 1L;

    private boolean prune = true;
    private int pruneLimit = PruneLimit.DEFAULT.count();
    private Conflicts conflicts = Conflicts.FORCE;

    protected ChangingStep(String app) {
        super(app);
    }

    /** Whether objects that left Git are deleted. */
    public boolean isPrune() {
        return prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    /** How many objects may be pruned although they are more than half of the app. */
    public int getPruneLimit() {
        return pruneLimit;
    }

    @DataBoundSetter
    public void setPruneLimit(int pruneLimit) {
        this.pruneLimit = pruneLimit;
    }

    /** What happens where another manager owns a field with another value. */
    public Conflicts getConflicts() {
        return conflicts;
    }

    @DataBoundSetter
    public void setConflicts(Conflicts conflicts) {
        this.conflicts = conflicts == null ? Conflicts.FORCE : conflicts;
    }

    @Override
    void check() throws AbortException {
        super.check();
        refuseIf(pruneLimit < 0, Messages.ChangingStep_pruneLimit(pruneLimit));
    }

    @Override
    SyncRequest request() {
        return super.request()
                .withApply(ApplyPolicy.DEFAULT
                        .withPrune(prune)
                        .withForce(conflicts == Conflicts.FORCE)
                        .withPruneLimit(new PruneLimit(pruneLimit, PruneLimit.DEFAULT.percent())));
    }
}
