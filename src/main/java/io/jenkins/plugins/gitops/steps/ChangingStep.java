package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import java.util.List;
import java.util.Set;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step needs to know that changes a cluster, or shows what would be changed. */
public abstract class ChangingStep extends ComparingStep {
    private static final long serialVersionUID = 1L;

    private boolean prune = true;
    private int pruneLimit = PruneLimit.DEFAULT.count();
    private Conflicts conflicts = Conflicts.FORCE;
    private boolean forceReplace;
    private List<Tool> takeOver = List.of();

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

    /** Whether what cannot be changed in place is deleted and made again. */
    public boolean isForceReplace() {
        return forceReplace;
    }

    @DataBoundSetter
    public void setForceReplace(boolean forceReplace) {
        this.forceReplace = forceReplace;
    }

    /** Tools whose objects become this app's. */
    public List<Tool> getTakeOver() {
        return takeOver;
    }

    @DataBoundSetter
    public void setTakeOver(List<Tool> takeOver) {
        this.takeOver = takeOver == null ? List.of() : List.copyOf(takeOver);
    }

    @Override
    void check() throws AbortException {
        super.check();
        refuseIf(pruneLimit < 0, Messages.ChangingStep_pruneLimit(pruneLimit));
    }

    @Override
    SyncRequest request() throws AbortException {
        return super.request()
                .withApply(ApplyPolicy.DEFAULT
                        .withPrune(prune)
                        .withForce(conflicts == Conflicts.FORCE)
                        .withReplace(forceReplace)
                        .withTakeOver(Set.copyOf(takeOver))
                        .withPruneLimit(new PruneLimit(pruneLimit, PruneLimit.DEFAULT.percent())));
    }
}
