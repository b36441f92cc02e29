package io.jenkins.plugins.gitops.agent;

import hudson.AbortException;
import hudson.FilePath;
import hudson.FilePath.FileCallable;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.Planned;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import io.jenkins.plugins.gitops.engine.source.TrustedSigners;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The engine in the node of a workspace, as the controller sees it. When the calling thread is interrupted, the run in
 * the node stops writing to the cluster, and the report of what was done until then is returned; the interrupt is taken
 * as handled.
 */
public final class NodeEngine {

    /** How long an interrupted run may take until its report is here. A request to the cluster ends at once. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final FilePath checkout;
    private final String checkoutRoot;
    private final ClusterAccess access;
    private final TaskListener listener;

    /**
     * @param checkout a folder of the node, in a checkout of the config repository
     * @param checkoutRoot the folder above which no checkout is looked for
     * @param access the cluster; {@code null} to validate without one
     * @param listener gets the progress
     */
    public NodeEngine(FilePath checkout, String checkoutRoot, ClusterAccess access, TaskListener listener) {
        this.checkout = checkout;
        this.checkoutRoot = checkoutRoot;
        this.access = access;
        this.listener = listener;
    }

    /**
     * A request for whatever is checked out where it is run, with the default of every option.
     *
     * @param signers one of whom must have signed the commit; {@code null} where it need not be signed
     */
    public static SyncRequest request(Command command, TrustedSigners signers) {
        RepositoryPolicy policy = RepositoryPolicy.localAndRemote().withSigners(signers);
        return SyncRequest.of(command, new RepositoryRequest(".", null, false, policy, null));
    }

    /**
     * Does what a request says.
     *
     * @throws AbortException for what the person who reads the log can mend
     * @throws InterruptedException if the thread is interrupted and no report comes, or is interrupted once more
     */
    public Report run(SyncRequest request) throws IOException, InterruptedException {
        return report(request, EngineTask.of(request));
    }

    /**
     * Does what was reviewed.
     *
     * @param plan as it was archived
     * @param key with which it was sealed
     */
    public Report sync(SyncRequest request, byte[] plan, byte[] key) throws IOException, InterruptedException {
        return report(request, EngineTask.reviewed(request, plan, key));
    }

    /**
     * Plans, to have it reviewed.
     *
     * @param key to seal the plan with
     */
    public Planned plan(SyncRequest request, byte[] key) throws IOException, InterruptedException {
        CappedBuffer plan = new CappedBuffer("plan", 2 * ReportJson.MAX_BYTES);
        Report report = report(request, EngineTask.planning(request, key, plan));
        return new Planned(report, NodeAnswer.plan(plan.content(), new PlanKey(key), report));
    }

    private Report report(SyncRequest request, EngineTask task) throws IOException, InterruptedException {
        return report(request, buffer -> task.at(checkoutRoot, access, listener, buffer));
    }

    /** @param task what is sent to the node, given where its report goes */
    Report report(SyncRequest request, Function<OutputStream, FileCallable<Void>> task)
            throws IOException, InterruptedException {
        CappedBuffer buffer = new CappedBuffer("report", ReportJson.MAX_BYTES);
        Future<Void> run = checkout.actAsync(task.apply(buffer));
        try {
            run.get();
            // The answer may overtake the end of the report.
            if (!buffer.await(GRACE)) {
                throw new IOException("The node did not send its report to the end");
            }
        } catch (ExecutionException e) {
            // What was too large is why the node failed, and not the pipe that was closed for it.
            buffer.content();
            throw NodeFailure.of(e.getCause());
        } catch (InterruptedException e) {
            run.cancel(true);
            if (!buffer.await(GRACE)) {
                throw e;
            }
        }
        return NodeAnswer.report(buffer.content(), request);
    }
}
