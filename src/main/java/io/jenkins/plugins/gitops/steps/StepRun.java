package io.jenkins.plugins.gitops.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.agent.NodeEngine;
import io.jenkins.plugins.gitops.agent.NodeProbe;
import io.jenkins.plugins.gitops.build.AppResult;
import io.jenkins.plugins.gitops.build.GitopsBuildAction;
import io.jenkins.plugins.gitops.build.RecordedRequest;
import io.jenkins.plugins.gitops.build.RecordedRequests;
import io.jenkins.plugins.gitops.build.ReportArchive;
import io.jenkins.plugins.gitops.build.ReportListener;
import io.jenkins.plugins.gitops.clusters.JobAgeKeys;
import io.jenkins.plugins.gitops.engine.Planned;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import io.jenkins.plugins.gitops.engine.render.ToolPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** One run of a step in a build, whatever kind of job it is: cluster, config repository, engine, report. */
final class StepRun {

    private static final Logger LOGGER = Logger.getLogger(StepRun.class.getName());

    private final GitopsStep step;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final EnvVars environment;
    private final Launcher launcher;
    private final TaskListener listener;

    /**
     * @param workspace the folder in which the step runs
     * @param environment the build's: where its workspace is, and in which folders programs are found
     */
    StepRun(
            GitopsStep step,
            Run<?, ?> run,
            FilePath workspace,
            EnvVars environment,
            Launcher launcher,
            TaskListener listener) {
        this.step = step;
        this.run = run;
        this.workspace = workspace;
        this.environment = environment;
        this.launcher = launcher;
        this.listener = listener;
    }

    /**
     * What came of it.
     *
     * @param result what the build keeps of it
     * @param plan where the plan is among the artifacts; {@code null} where there is none
     */
    record Done(Report report, AppResult result, String plan) {}

    /**
     * Has the engine run in the node, and archives its report however it ended.
     *
     * @throws hudson.AbortException for what the person who reads the log can mend
     */
    Done carryOut() throws Exception {
        step.check();
        ClusterAccess access = step.clusterChoice().access(run);
        RecordedRequest request = record();
        Planned planned = planned(access);
        look(request, access);
        Report report = planned.report();
        ReportLog.write(report, listener.getLogger());
        AppResult result = GitopsBuildAction.of(run).add(step.getApp(), report);
        byte[] plan = planned.plan() == null ? null : planned.plan().write(new PlanKey(PlanArtifact.key(run)));
        ReportArchive.archive(run, launcher, listener, result, report, plan);
        run.save();
        boolean good = step.verdict(report).outcome() == Verdict.Outcome.SUCCESS;
        ReportListener.tell(new ReportListener.Event(run, listener, result, report, step.getRepo() == null, good));
        return new Done(report, result, plan == null ? null : ReportArchive.planPath(result));
    }

    /** So that a trigger can ask the same again; {@code null} where no cluster is asked. */
    private RecordedRequest record() throws IOException {
        if (step.clusterChoice().isNone()) {
            return null;
        }
        Computer computer = workspace.toComputer();
        String node = computer == null ? null : computer.getName();
        RecordedRequest request =
                new RecordedRequest(step.command(), step.getApp(), step.getNamespace(), step.clusterChoice(), node);
        RecordedRequests.of(run).add(request);
        run.save();
        return request;
    }

    /** What a later check by a trigger is compared with. */
    private void look(RecordedRequest request, ClusterAccess access) throws InterruptedException {
        if (request != null) {
            try {
                request.setState(NodeProbe.look(
                        workspace.toComputer(), access, step.getApp(), step.getNamespace(), ProbeState.NONE));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "cannot look at " + step.getApp());
            }
        }
    }

    private Planned planned(ClusterAccess access) throws Exception {
        if (step.getRepo() == null) {
            // Above the workspace no checkout is looked for.
            String root = environment.get("WORKSPACE", workspace.getRemote());
            return planned(new NodeEngine(workspace, root, access, listener));
        }
        try (ConfigCheckout checkout = ConfigCheckout.of(step, run, workspace, launcher, listener)) {
            FilePath folder = checkout.folder();
            return planned(new NodeEngine(folder, folder.getRemote(), access, listener));
        }
    }

    private Planned planned(NodeEngine engine) throws IOException, InterruptedException {
        SyncRequest request = step.request();
        AgeKeys keys = JobAgeKeys.of(run, step.getAgeKeyCredentialsId());
        request = request.withLease(new LeasePolicy(holder(), request.lease().patience()))
                .withRender(request.render().withAgeKeys(keys).withTools(tools()));
        if (step.command() == Command.PLAN) {
            return engine.plan(request, PlanArtifact.key(run));
        }
        if (step instanceof GitopsSyncStep sync && sync.getPlan() != null) {
            byte[] reviewed = PlanArtifact.read(run, sync.getPlan(), step.getApp());
            return new Planned(engine.sync(request, reviewed, PlanArtifact.key(run)), null);
        }
        return new Planned(engine.run(request), null);
    }

    /** The programs that the build finds, which may do what an administrator lets them. */
    private ToolPolicy tools() {
        return ToolPolicy.DEFAULT
                .withPath(environment.get("PATH"))
                .withRemoteAllowed(GitopsRendering.get().isRemoteAllowed());
    }

    /** Who syncs, for those who have to wait for it. */
    private String holder() {
        return Util.fixNull(Jenkins.get().getRootUrl()) + run.getUrl();
    }
}
