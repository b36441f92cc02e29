package io.jenkins.plugins.gitops.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One step of a Pipeline build. A sync is idempotent, so it survives a restart by being planned anew. */
final class GitopsExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final GitopsStep step;

    GitopsExecution(GitopsStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    GitopsSummary run(boolean resumed) throws Exception {
        TaskListener listener = getContext().get(TaskListener.class);
        if (resumed) {
            listener.getLogger().println(Messages.GitopsExecution_resumed(step.getApp()));
        }
        FilePath workspace =
                resumed ? reconnectedWorkspace(listener) : getContext().get(FilePath.class);
        StepRun.Done done = new StepRun(
                        step,
                        getContext().get(Run.class),
                        workspace,
                        getContext().get(EnvVars.class),
                        getContext().get(Launcher.class),
                        listener)
                .carryOut();
        Verdict verdict = step.verdict(done.report());
        verdict.throwIfFailed();
        if (verdict.outcome() == Verdict.Outcome.UNSTABLE) {
            getContext()
                    .get(FlowNode.class)
                    .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(verdict.message()));
            getContext().get(Run.class).setResult(Result.UNSTABLE);
            listener.getLogger().println(verdict.message());
        }
        return new GitopsSummary(done.report(), done.result().getAbsoluteUrl(), done.plan());
    }

    /** After a restart it takes a while until the node is back. Where it never comes back, its block ends this step. */
    private FilePath reconnectedWorkspace(TaskListener listener) throws IOException, InterruptedException {
        for (boolean told = false; ; told = true) {
            try {
                FilePath workspace = getContext().get(FilePath.class);
                if (workspace != null) {
                    return workspace;
                }
            } catch (IOException e) {
                if (!told) {
                    listener.getLogger().println(Messages.GitopsExecution_waitingForNode());
                }
            }
            TimeUnit.SECONDS.sleep(2);
        }
    }
}
