package io.jenkins.plugins.gitops.steps;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step needs to know that compares a cluster with Git. */
public abstract class ComparingStep extends GitopsStep {
    private static final long serialVersionUID = 1L;

    private AdditionsPolicy additions = AdditionsPolicy.REPORT;

    protected ComparingStep(String app) {
        super(app);
    }

    /** What becomes of fields that were added by hand. */
    public AdditionsPolicy getAdditions() {
        return additions;
    }

    @DataBoundSetter
    public void setAdditions(AdditionsPolicy additions) {
        this.additions = additions == null ? AdditionsPolicy.REPORT : additions;
    }

    @Override
    SyncRequest request() {
        return super.request().withDrift(new DriftPolicy(additions));
    }
}
