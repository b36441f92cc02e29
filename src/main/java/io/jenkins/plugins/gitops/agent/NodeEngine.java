package io.jenkins.plugins.gitops.agent;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFormatException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The engine in the node of a workspace, as the controller sees it. */
public final class NodeEngine {

    /** How long an interrupted run may take until its report is here. A request to the cluster ends at once. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private NodeEngine() {}

    /**
     * Runs the engine and streams its progress to the listener. When the thread is interrupted, the run in the node
     * stops writing to the cluster, and the report of what was done until then is returned; the interrupt is taken as
     * handled.
     *
     * @param checkout a folder of the node, in a checkout of the config repository
     * @throws AbortException for what the person who reads the log can mend
     * @throws InterruptedException if the thread is interrupted and no report comes, or is interrupted once more
     */
    public static Report run(FilePath checkout, EngineRequest request, ClusterAccess access, TaskListener listener)
            throws IOException, InterruptedException {
        ReportBuffer buffer = new ReportBuffer();
        Future<Void> run = checkout.actAsync(new EngineTask(request, access, listener, new RemoteOutputStream(buffer)));
        try {
            run.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            run.cancel(true);
            if (!buffer.await(GRACE)) {
                throw e;
            }
        }
        try {
            return buffer.report();
        } catch (ReportFormatException e) {
            throw new IOException("The node sent no sound report: " + e.getMessage(), e);
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof AbortException abort) {
            return new AbortException(abort.getMessage());
        }
        return new IOException("The run in the node failed: " + cause, cause);
    }
}
