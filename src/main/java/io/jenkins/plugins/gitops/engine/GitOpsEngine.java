package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.nio.file.Path;

/** The engine's front door: one request in, one report out, however the run ends. */
public final class GitOpsEngine {

    private final Path cacheDirectory;

    /** @param cacheDirectory where mirrors of config repositories are kept between runs; made when needed */
    public GitOpsEngine(Path cacheDirectory) {
        this.cacheDirectory = cacheDirectory;
    }

    /**
     * Does what the request says. When the thread is interrupted, writing to the cluster stops at once and the report
     * says what was done; the interrupt is taken as handled.
     *
     * @param access the cluster; {@code null} to validate without one
     * @param progress told what happens while it happens
     */
    public Report run(SyncRequest request, ClusterAccess access, ProgressListener progress) {
        ReportBuilder report = new ReportBuilder(request.command());
        try (Run run = new Run(request, access, progress, report, cacheDirectory)) {
            return run.carryOut();
        } catch (BadInputException e) {
            report.problems.addAll(e.problems());
            return report.build(Status.INVALID, "the input is not sound; nothing was changed");
        } catch (LeaseHeldException e) {
            report.problems.add(Problem.error(null, e.getMessage(), ""));
            return report.build(Status.REFUSED, e.getMessage());
        } catch (ClusterException e) {
            report.problems.add(Problem.error(null, e.getMessage(), e.advice()));
            return report.build(Status.FAILED, e.getMessage());
        } catch (IOException e) {
            report.problems.add(Problem.error(null, String.valueOf(e.getMessage()), ""));
            return report.build(Status.FAILED, "reading the config repository failed: " + e.getMessage());
        } catch (InterruptedException e) {
            return report.build(Status.ABORTED, "interrupted; the report says what was done before");
        }
    }
}
