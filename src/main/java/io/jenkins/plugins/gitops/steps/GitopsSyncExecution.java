package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.agent.EngineRequest;
import io.jenkins.plugins.gitops.agent.NodeEngine;
import io.jenkins.plugins.gitops.build.AppResult;
import io.jenkins.plugins.gitops.build.GitopsBuildAction;
import io.jenkins.plugins.gitops.build.ReportArchive;
import io.jenkins.plugins.gitops.clusters.JobCredentials;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code gitopsSync} of a build. A sync is idempotent, so it survives a restart by being planned anew. */
final class GitopsSyncExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final GitopsSyncStep step;

    GitopsSyncExecution(GitopsSyncStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    SyncSummary run(boolean resumed) throws Exception {
        TaskListener listener = getContext().get(TaskListener.class);
        if (resumed) {
            listener.getLogger().println(Messages.GitopsSyncExecution_resumed(step.getApp()));
        }
        step.check();
        FilePath workspace =
                resumed ? reconnectedWorkspace(listener) : getContext().get(FilePath.class);
        Report report = report(workspace, listener);
        AppResult result = publish(report, listener);
        return conclude(report, result);
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
                    listener.getLogger().println(Messages.GitopsSyncExecution_waitingForNode());
                }
            }
            TimeUnit.SECONDS.sleep(2);
        }
    }

    private Report report(FilePath workspace, TaskListener listener) throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        JobCredentials credentials = new JobCredentials(run);
        ClusterAccess access = step.getServerUrl() == null
                ? credentials.kubeconfig(step.getKubeconfigCredentialsId())
                : credentials.token(step.getServerUrl(), step.getCaCertificate(), step.getCredentialsId());
        if (step.getRepo() == null) {
            EnvVars environment = getContext().get(EnvVars.class);
            String root = environment.get("WORKSPACE", workspace.getRemote());
            return NodeEngine.run(workspace, request(root), access, listener);
        }
        Launcher launcher = getContext().get(Launcher.class);
        try (ConfigCheckout checkout = ConfigCheckout.of(step, run, workspace, launcher, listener)) {
            FilePath folder = checkout.folder();
            return NodeEngine.run(folder, request(folder.getRemote()), access, listener);
        }
    }

    private EngineRequest request(String checkoutRoot) {
        return new EngineRequest(
                Command.SYNC,
                step.getApp(),
                step.getPath(),
                step.getNamespace(),
                step.isPrune(),
                step.isWait(),
                step.getTimeoutSeconds(),
                checkoutRoot);
    }

    private AppResult publish(Report report, TaskListener listener) throws IOException, InterruptedException {
        ReportLog.write(report, listener.getLogger());
        Run<?, ?> run = getContext().get(Run.class);
        GitopsBuildAction action = GitopsBuildAction.of(run);
        AppResult result = action.add(step.getApp(), report);
        ReportArchive.archive(run, getContext().get(Launcher.class), listener, result, report);
        run.save();
        return result;
    }

    private SyncSummary conclude(Report report, AppResult result) throws IOException, InterruptedException {
        if (report.status() != Status.IN_SYNC) {
            throw new AbortException(
                    Messages.GitopsSyncExecution_failed(step.getApp(), result.getVerdict(), report.message()));
        }
        int drifted = report.counts().drifted();
        if (drifted > 0) {
            String message = Messages.GitopsSyncExecution_drifted(step.getApp(), drifted);
            switch (step.getOnDrift()) {
                case FAILURE -> throw new AbortException(message);
                case UNSTABLE -> {
                    getContext()
                            .get(FlowNode.class)
                            .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
                    getContext().get(Run.class).setResult(Result.UNSTABLE);
                    getContext().get(TaskListener.class).getLogger().println(message);
                }
                case IGNORE -> {}
            }
        }
        return new SyncSummary(report, result.getAbsoluteUrl());
    }
}
