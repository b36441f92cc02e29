package io.jenkins.plugins.gitops.agent;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.RemoteOutputStream;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.Planned;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/**
 * Runs the engine on a checkout in the node. The report does not come back as a return value but through a stream,
 * since a call that is cancelled returns nothing, and an aborted run has a report too.
 */
final class EngineTask extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;

    private final SyncRequest request;
    private final byte[] reviewed;
    private final byte[] key;
    private final OutputStream plan;
    private String checkoutRoot;
    private ClusterAccess access;
    private TaskListener listener;
    private OutputStream report;

    private EngineTask(SyncRequest request, byte[] reviewed, byte[] key, OutputStream plan) {
        this.request = request;
        this.reviewed = reviewed;
        this.key = key;
        this.plan = plan == null ? null : new RemoteOutputStream(plan);
    }

    static EngineTask of(SyncRequest request) {
        return new EngineTask(request, null, null, null);
    }

    /** Does what was reviewed, and nothing else. */
    static EngineTask reviewed(SyncRequest request, byte[] plan, byte[] key) {
        return new EngineTask(request, plan, key, null);
    }

    /** @param plan takes the plan, if the run comes to one */
    static EngineTask planning(SyncRequest request, byte[] key, OutputStream plan) {
        return new EngineTask(request, null, key, plan);
    }

    /**
     * @param checkoutRoot the folder above which no checkout is looked for
     * @param report takes the report as JSON, and is closed at its end
     */
    EngineTask at(String checkoutRoot, ClusterAccess access, TaskListener listener, OutputStream report) {
        this.checkoutRoot = checkoutRoot;
        this.access = access;
        this.listener = listener;
        this.report = new RemoteOutputStream(report);
        return this;
    }

    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException {
        try (OutputStream out = report;
                LostController ignored = LostController.interrupts(Thread.currentThread())) {
            Checkout.require(folder.toPath(), Path.of(checkoutRoot));
            Path cache = Path.of(checkoutRoot + WorkspaceList.COMBINATOR + "tmp", "gitops");
            SyncRequest here = request.withRepository(new RepositoryRequest(
                            folder.getPath(), null, false, request.repository().policy(), null))
                    .withValidate(Checkout.inside(request.validate(), Path.of(checkoutRoot)));
            byte[] made = ReportJson.write(run(new GitOpsEngine(cache), here));
            // An agent keeps back lines for a while: they would come after what the controller says of the report.
            listener.getLogger().flush();
            out.write(made);
        }
        return null;
    }

    private Report run(GitOpsEngine engine, SyncRequest here) throws IOException {
        ProgressListener progress = new BuildLogProgress(listener.getLogger());
        if (reviewed != null) {
            PlanKey seal = new PlanKey(key);
            try {
                return engine.sync(here, PlanFile.read(reviewed, seal), seal, access, progress);
            } catch (BadInputException e) {
                throw new AbortException(e.getMessage());
            }
        }
        if (plan == null) {
            return engine.run(here, access, progress);
        }
        PlanKey seal = new PlanKey(key);
        Planned planned = engine.plan(here, access, progress, seal);
        if (planned.plan() != null) {
            plan.write(planned.plan().write(seal));
        }
        plan.close();
        return planned.report();
    }

    /**
     * A run whose controller is gone stops: nobody reads its report, and the controller starts the step anew as soon as
     * it is back.
     */
    private static final class LostController extends Channel.Listener implements AutoCloseable {
        private final Thread run;
        private final Channel channel;

        private LostController(Thread run, Channel channel) {
            this.run = run;
            this.channel = channel;
        }

        static LostController interrupts(Thread run) {
            // The channel that a FileCallable is given is null in an agent.
            LostController watch = new LostController(run, Channel.current());
            if (watch.channel != null) {
                watch.channel.addListener(watch);
            }
            return watch;
        }

        @Override
        public void onClosed(Channel closed, IOException cause) {
            run.interrupt();
        }

        @Override
        public void close() {
            if (channel != null) {
                channel.removeListener(this);
            }
        }
    }
}
