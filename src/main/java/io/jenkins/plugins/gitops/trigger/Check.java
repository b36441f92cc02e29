package io.jenkins.plugins.gitops.trigger;

import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.agent.NodeProbe;
import io.jenkins.plugins.gitops.build.RecordedRequest;
import io.jenkins.plugins.gitops.build.RecordedRequests;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.triggers.SCMTriggerItem;

/** One check of one job: has the branch moved, or the cluster drifted, since the last build looked? */
final class Check {

    private static final Logger LOGGER = Logger.getLogger(Check.class.getName());

    /** How far back a build may be that recorded what it asked for: those since have failed before they came to it. */
    private static final int BUILDS = 20;

    private static final int NAMES = 3;

    private final Job<?, ?> job;
    private final GitopsTrigger trigger;

    Check(Job<?, ?> job, GitopsTrigger trigger) {
        this.job = job;
        this.trigger = trigger;
    }

    /** Looks, writes the log of the job's page, and starts a build where there is a reason. */
    void run() {
        CheckQueue.asSystem(() -> {
            try (StreamTaskListener listener =
                    new StreamTaskListener(GitopsTrigger.logFile(job), StandardCharsets.UTF_8)) {
                PrintStream log = listener.getLogger();
                log.println(Messages.Check_started(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
                String reason = reason(listener);
                if (reason != null) {
                    log.println(Messages.Check_build(reason));
                    ParameterizedJobMixIn.scheduleBuild2(job, 0, new CauseAction(new GitopsTriggerCause(reason)));
                }
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING, e, () -> "The log of the check of " + job.getFullName() + " cannot be written");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Why a build is to be started; {@code null} where there is no reason. */
    private String reason(StreamTaskListener listener) throws InterruptedException {
        PrintStream log = listener.getLogger();
        SCMTriggerItem item = SCMTriggerItem.SCMTriggerItems.asSCMTriggerItem(job);
        if (!isIdle(log)) {
            return null;
        }
        Run<?, ?> last = job.getLastBuild();
        if (last == null) {
            return Messages.Check_firstBuild();
        }
        if (item.poll(listener).hasChanges()) {
            return Messages.Check_moved();
        }
        List<String> reasons = new ArrayList<>();
        boolean failed = false;
        Run<?, ?> recorded = recorded(last);
        if (recorded == null) {
            log.println(Messages.Check_nothingRecorded());
            return null;
        }
        for (RecordedRequest request : RecordedRequests.of(recorded).get()) {
            try {
                String drifted = drifted(recorded, request);
                log.println(request.getCluster() + " / " + request.getApp() + ": "
                        + (drifted == null ? Messages.Check_unchanged() : drifted));
                if (drifted != null) {
                    reasons.add(drifted);
                }
            } catch (IOException | RuntimeException e) {
                failed = true;
                log.println(request.getCluster() + " / " + request.getApp() + ": " + e.getMessage());
            }
        }
        if (!reasons.isEmpty()) {
            return String.join("; ", reasons);
        }
        if (!failed) {
            trigger.hasSucceeded();
            log.println(Messages.Check_quiet());
            return null;
        }
        int failures = trigger.hasFailed();
        log.println(Messages.Check_failed(failures, trigger.getFailuresBeforeBuild()));
        if (failures != trigger.getFailuresBeforeBuild()) {
            return null;
        }
        trigger.hasSucceeded();
        return Messages.Check_cannotTell(failures);
    }

    /** A build that is under way, or about to be, looks for itself. */
    private boolean isIdle(PrintStream log) {
        if (job.isBuilding() || job.isInQueue() || !job.isBuildable()) {
            log.println(Messages.Check_busy());
            return false;
        }
        return true;
    }

    private static Run<?, ?> recorded(Run<?, ?> last) {
        Run<?, ?> run = last;
        for (int i = 0; run != null && i < BUILDS; i++, run = run.getPreviousBuild()) {
            if (run.getAction(RecordedRequests.class) != null) {
                return run;
            }
        }
        return null;
    }

    /** What has moved since the build looked; {@code null} for nothing. */
    private static String drifted(Run<?, ?> run, RecordedRequest request) throws IOException, InterruptedException {
        ClusterAccess access = request.getCluster().access(run);
        Computer computer = request.getNode() == null ? null : Jenkins.get().getComputer(request.getNode());
        ProbeState now =
                NodeProbe.look(computer, access, request.getApp(), request.getNamespace(), request.getLastSeen());
        request.setLastSeen(now);
        if (request.getState() == null) {
            return Messages.Check_neverSeen(request.getApp());
        }
        SortedSet<ObjectId> moved = now.since(request.getState());
        if (moved.isEmpty()) {
            return null;
        }
        String names = moved.stream().limit(NAMES).map(ObjectId::toString).collect(Collectors.joining(", "));
        return Messages.Check_drifted(request.getApp(), moved.size(), names);
    }
}
