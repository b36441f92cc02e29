package io.jenkins.plugins.gitops.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.util.List;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** The steps for freestyle jobs, such as one that does nothing but look for drift. */
public final class GitopsBuilder extends Builder implements SimpleBuildStep {

    private final GitopsStep step;

    @DataBoundConstructor
    public GitopsBuilder(GitopsStep step) {
        this.step = step;
    }

    /** What to do, as a Pipeline would say it. */
    public GitopsStep getStep() {
        return step;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        StepRun.Done done;
        try {
            done = new StepRun(step, run, workspace, env, launcher, listener).carryOut();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        if (done.report().status() == Status.ABORTED) {
            throw new InterruptedException();
        }
        Verdict verdict = step.verdict(done.report());
        verdict.throwIfFailed();
        if (verdict.outcome() == Verdict.Outcome.UNSTABLE) {
            listener.getLogger().println(verdict.message());
            run.setResult(Result.UNSTABLE);
        }
    }

    /** The build step's name and form. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public String getDisplayName() {
            return Messages.GitopsBuilder_displayName();
        }

        @SuppressWarnings("rawtypes")
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** What the form offers. */
        public List<GitopsStepDescriptor> getStepDescriptors() {
            return List.copyOf(ExtensionList.lookup(GitopsStepDescriptor.class));
        }
    }
}
