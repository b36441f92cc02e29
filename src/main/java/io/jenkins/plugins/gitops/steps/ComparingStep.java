package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step needs to know that compares a cluster with Git. */
public abstract class ComparingStep extends GitopsStep {
    private static final long serialVersionUID = 1L;

    private AdditionsPolicy additions = AdditionsPolicy.REPORT;
    private String ignoreDifferences;

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

    /** Rules in YAML, in the form of Argo CD or Flux; {@code null} for those of the repository alone. */
    public String getIgnoreDifferences() {
        return ignoreDifferences;
    }

    @DataBoundSetter
    public void setIgnoreDifferences(String ignoreDifferences) {
        this.ignoreDifferences = Util.fixEmptyAndTrim(ignoreDifferences);
    }

    static IgnoreRules rules(String text) throws BadInputException {
        return IgnoreRules.read("ignoreDifferences", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    SyncRequest request() throws AbortException {
        IgnoreRules rules =
                ignoreDifferences == null ? IgnoreRules.NONE : Argument.read(() -> rules(ignoreDifferences));
        return super.request().withDrift(new DriftPolicy(additions, rules));
    }
}
