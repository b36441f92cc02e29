package io.jenkins.plugins.gitops.agent;

import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
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

    private final EngineRequest request;
    private final ClusterAccess access;
    private final TaskListener listener;
    private final OutputStream report;

    /** @param report takes the report as JSON, and is closed at its end */
    EngineTask(EngineRequest request, ClusterAccess access, TaskListener listener, OutputStream report) {
        this.request = request;
        this.access = access;
        this.listener = listener;
        this.report = report;
    }

    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException {
        try (OutputStream out = report;
                LostController ignored = LostController.interrupts(Thread.currentThread(), channel)) {
            Checkout.require(folder.toPath(), Path.of(request.checkoutRoot()));
            Path cache = Path.of(request.checkoutRoot() + WorkspaceList.COMBINATOR + "tmp", "gitops");
            Report result = new GitOpsEngine(cache)
                    .run(request.forCheckout(folder), access, new BuildLogProgress(listener.getLogger()));
            out.write(ReportJson.write(result));
        }
        return null;
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

        static LostController interrupts(Thread run, VirtualChannel channel) {
            LostController watch = new LostController(run, channel instanceof Channel remote ? remote : null);
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
