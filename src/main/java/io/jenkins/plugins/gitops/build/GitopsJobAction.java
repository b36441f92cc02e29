package io.jenkins.plugins.gitops.build;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The trend of a job: on its own page, and small on the job's. */
public final class GitopsJobAction implements Action {

    private final Job<?, ?> job;

    GitopsJobAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    public Trend getTrend() {
        return Trend.of(job);
    }

    /**
     * What the last build that ran a step found: the last one, the last complete one while that one has not come so far,
     * or the last good one where those failed before they came so far. {@code null} where all of them ran none.
     */
    static GitopsBuildAction last(Job<?, ?> job) {
        GitopsBuildAction last = action(job.getLastBuild());
        if (last == null) {
            last = action(job.getLastCompletedBuild());
        }
        return last == null ? action(job.getLastSuccessfulBuild()) : last;
    }

    private static GitopsBuildAction action(Run<?, ?> run) {
        GitopsBuildAction action = run == null ? null : run.getAction(GitopsBuildAction.class);
        return action == null || action.getApps().isEmpty() ? null : action;
    }

    @Override
    public String getIconFileName() {
        return "symbol-gitops plugin-gitops";
    }

    @Override
    public String getDisplayName() {
        return Messages.GitopsJobAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "gitops";
    }

    /** Every job whose last builds ran a step has the page. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job<?, ?>> {

        @SuppressWarnings("unchecked")
        @Override
        public Class<Job<?, ?>> type() {
            return (Class<Job<?, ?>>) (Class<?>) Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job<?, ?> job) {
            return last(job) == null ? List.of() : List.of(new GitopsJobAction(job));
        }
    }
}
