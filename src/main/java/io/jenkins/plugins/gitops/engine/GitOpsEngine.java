package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.parallel.Ahead;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.probe.Probe;
import io.jenkins.plugins.gitops.engine.probe.ProbeResult;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.render.RenderResult;
import io.jenkins.plugins.gitops.engine.report.Command;
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
        return run(request, access, progress, Review.none());
    }

    /**
     * Plans, to have it reviewed: what {@link #run} does with {@link Command#PLAN}, and the plan in a form that
     * {@link #sync} takes.
     *
     * @param request its command is not looked at
     * @param key to seal the plan with; {@code null} to do without one
     */
    public Planned plan(SyncRequest request, ClusterAccess access, ProgressListener progress, PlanKey key) {
        Review review = Review.wanted(key);
        Report report = run(request.withCommand(Command.PLAN), access, progress, review);
        return new Planned(report, review.made());
    }

    /**
     * Does what was reviewed, and refuses ({@link Status#REFUSED}, with a problem for each thing that has moved) where a
     * sync would do anything else now.
     *
     * @param request where the desired state is, and how to wait; what the plan says of app, folder, namespace and options
     *     takes precedence
     * @param reviewed as {@link PlanFile#read} has read it
     * @param key the one that the plan was sealed with; {@code null} for none
     */
    public Report sync(
            SyncRequest request, PlanFile reviewed, PlanKey key, ClusterAccess access, ProgressListener progress) {
        return run(request.reviewed(reviewed), access, progress, Review.given(reviewed, key));
    }

    /**
     * Says whether somebody has laid hands on an app's objects since its last sync: cheap enough to be asked every few
     * minutes. Reads no Git and writes nothing to the cluster; {@link Probe} says what it finds and what it cannot. What it
     * has seen is kept in the cache directory, for the next one to go on from.
     *
     * @param app the app's name, as a {@linkplain Report#app() report} has it
     * @param namespace the home of its inventory, as a report has it; {@code null} for the credential's default
     * @throws ClusterException if the cluster cannot be reached or refuses: then nothing can be told
     * @throws InterruptedException if the thread is interrupted
     */
    public ProbeResult probe(ClusterAccess access, String app, String namespace)
            throws ClusterException, InterruptedException {
        ProbeMemory memory = new ProbeMemory(cacheDirectory, access.server(), app, namespace);
        Ahead<ProbeState, RuntimeException> known = new Ahead<>(memory::load);
        known.begin("gitops-probe");
        ProbeResult result = Probe.run(access, app, namespace, known);
        memory.save(result.state());
        return result;
    }

    private Report run(SyncRequest request, ClusterAccess access, ProgressListener progress, Review review) {
        ReportBuilder report = new ReportBuilder(request.command(), request.app());
        try (Run run = new Run(request, access, progress, report, cacheDirectory, review)) {
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

    /**
     * Fetches and renders, and nothing else: what a sync would apply.
     *
     * @param access the cluster that a chart or a substitution may ask; {@code null} without one
     * @throws BadInputException if the repository cannot be read, or the path cannot be rendered at all; what is wrong
     *     with its files is in the result
     */
    public RenderResult render(SyncRequest request, ClusterAccess access, ProgressListener progress)
            throws BadInputException, ClusterException, IOException, InterruptedException {
        try (Connection connection = access == null ? null : new Connection(access);
                DesiredState desired = DesiredState.open(request, progress, cacheDirectory)) {
            return desired.render(connection);
        }
    }
}
