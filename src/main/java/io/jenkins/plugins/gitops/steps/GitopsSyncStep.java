package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.health.HealthExpression;
import io.jenkins.plugins.gitops.engine.health.HealthExpressions;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gitopsSync}: makes a cluster what a config repository declares. */
public final class GitopsSyncStep extends ChangingStep {
    private static final long serialVersionUID = 1L;

    private boolean wait = true;
    private int timeoutSeconds = seconds(HealthPolicy.DEFAULT.timeout());
    private int pullGraceSeconds = seconds(HealthPolicy.PULL_GRACE);
    private String healthExpressions;
    private int lockTimeoutSeconds = seconds(LeasePolicy.DEFAULT.patience());
    private OnDrift onDrift = OnDrift.UNSTABLE;
    private String plan;

    @DataBoundConstructor
    public GitopsSyncStep(String app) {
        super(app);
    }

    private static int seconds(Duration duration) {
        return (int) duration.toSeconds();
    }

    /** Whether to wait until everything is healthy. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** How long to wait for that. */
    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /** For how long an image may fail to be pulled before the wait ends early. */
    public int getPullGraceSeconds() {
        return pullGraceSeconds;
    }

    @DataBoundSetter
    public void setPullGraceSeconds(int pullGraceSeconds) {
        this.pullGraceSeconds = pullGraceSeconds;
    }

    /** When objects of one's own kinds are healthy: YAML in the form of Flux; {@code null} for none. */
    public String getHealthExpressions() {
        return healthExpressions;
    }

    @DataBoundSetter
    public void setHealthExpressions(String healthExpressions) {
        this.healthExpressions = Util.fixEmptyAndTrim(healthExpressions);
    }

    static List<HealthExpression> expressions(String text) throws BadInputException {
        return HealthExpressions.read("healthExpressions", text.getBytes(StandardCharsets.UTF_8));
    }

    /** How long to wait for another sync of the app to end; 0 for not at all. */
    public int getLockTimeoutSeconds() {
        return lockTimeoutSeconds;
    }

    @DataBoundSetter
    public void setLockTimeoutSeconds(int lockTimeoutSeconds) {
        this.lockTimeoutSeconds = lockTimeoutSeconds;
    }

    /** What becomes of the build where drift was found. */
    public OnDrift getOnDrift() {
        return onDrift;
    }

    @DataBoundSetter
    public void setOnDrift(OnDrift onDrift) {
        this.onDrift = onDrift == null ? OnDrift.UNSTABLE : onDrift;
    }

    /** The plan that was reviewed, as {@code gitopsPlan} of the same build returned it; {@code null} to plan now. */
    public String getPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(String plan) {
        this.plan = Util.fixEmptyAndTrim(plan);
    }

    @Override
    void check() throws AbortException {
        super.check();
        refuseIf(timeoutSeconds < 1, Messages.GitopsSyncStep_timeout(timeoutSeconds));
        refuseIf(pullGraceSeconds < 0, Messages.GitopsSyncStep_pullGrace(pullGraceSeconds));
        refuseIf(lockTimeoutSeconds < 0, Messages.GitopsSyncStep_lockTimeout(lockTimeoutSeconds));
    }

    @Override
    Command command() {
        return Command.SYNC;
    }

    @Override
    SyncRequest request() throws AbortException {
        SyncRequest request = super.request();
        List<HealthExpression> expressions =
                healthExpressions == null ? List.of() : Argument.read(() -> expressions(healthExpressions));
        return request.withHealth(new HealthPolicy(wait, Duration.ofSeconds(timeoutSeconds))
                        .withPullGrace(Duration.ofSeconds(pullGraceSeconds))
                        .withExpressions(expressions))
                .withLease(new LeasePolicy(request.lease().holder(), Duration.ofSeconds(lockTimeoutSeconds)));
    }

    @Override
    Verdict verdict(Report report) {
        int drifted = report.counts().drifted();
        if (report.status() != Status.IN_SYNC) {
            return Verdict.failure(getApp(), report);
        }
        return drifted == 0 ? Verdict.GOOD : Verdict.of(onDrift, Messages.GitopsSyncStep_drifted(getApp(), drifted));
    }

    /** The step's name, its form and its checks. */
    @Extension
    public static final class DescriptorImpl extends GitopsStepDescriptor {

        @Override
        public String getFunctionName() {
            return "gitopsSync";
        }

        @Override
        public String getDisplayName() {
            return Messages.GitopsSyncStep_displayName();
        }
    }
}
