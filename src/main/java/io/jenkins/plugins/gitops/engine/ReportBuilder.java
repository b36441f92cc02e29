package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.Applier;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what a run finds and does, so that a report can be made of it at any moment, however the run ends. */
final class ReportBuilder {

    static final String HEALTH = "health";

    final Command command;
    String app;
    String repository = "";
    String path = "";
    Revision revision;
    String lastSynced;
    String rendered;
    ApiServer server;
    String serverVersion = "";
    String namespace = "";
    Plan plan = new Plan(List.of(), List.of());
    HookPlan hooks = HookPlan.NONE;
    final List<Problem> problems = new ArrayList<>();
    final Set<ObjectId> done = new HashSet<>();
    final Map<ObjectId, Problem> failed = new HashMap<>();
    final Map<ObjectId, Health> health = new HashMap<>();
    private final List<Report.Phase> phases = new ArrayList<>();
    private final Instant startedAt = Instant.now();
    private final long start = System.nanoTime();
    private String phase;
    private long phaseStart;
    final Timeline timeline = new Timeline(start);

    /** @param app what the request says; {@code null} where the repository has to be read to know */
    ReportBuilder(Command command, String app) {
        this.command = command;
        this.app = app == null ? "" : app;
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** Ends the phase before it, too. */
    void phase(String name) {
        endPhase();
        if (!name.equals(HEALTH)) {
            // A wave is over when it is healthy.
            timeline.end();
        }
        phase = name;
        phaseStart = System.nanoTime();
    }

    private void endPhase() {
        if (phase != null) {
            phases.add(new Report.Phase(phase, Duration.ofNanos(System.nanoTime() - phaseStart)));
            phase = null;
        }
    }

    Report build(Status status, String message) {
        endPhase();
        boolean writes = command.writes() && status != Status.OUT_OF_SYNC;
        List<ObjectReport> objects = new ArrayList<>();
        for (Change change : plan.changes()) {
            objects.add(object(change, writes));
        }
        return new Report(
                command,
                app,
                status,
                message,
                repository,
                path,
                revision,
                lastSynced,
                rendered,
                cluster(),
                startedAt,
                Duration.ofNanos(System.nanoTime() - start),
                phases,
                timeline.steps(plan, hooks, command == Command.DELETE, writes),
                objects,
                problems);
    }

    private Report.ClusterInfo cluster() {
        return server == null
                ? null
                : new Report.ClusterInfo(
                        server.name(),
                        server.url(),
                        serverVersion,
                        namespace,
                        server.requests(),
                        server.bytesReceived());
    }

    private ObjectReport object(Change change, boolean writes) {
        Problem problem = failed.get(change.id());
        return new ObjectReport(
                change.id(),
                change.target() == null
                        ? change.live().path("apiVersion").asText()
                        : change.target().manifest().apiVersion(),
                change.target() == null ? null : change.target().manifest().location(),
                change.action(),
                result(change, problem, writes),
                change.cause(),
                change.fields(),
                change.additions(),
                change.ignored(),
                health.get(change.id()),
                message(change, problem));
    }

    private String message(Change change, Problem problem) {
        if (problem != null) {
            return problem.message();
        }
        return change.target() != null && done.contains(change.id()) ? Applier.note(change) : change.message();
    }

    private Result result(Change change, Problem problem, boolean writes) {
        if (problem != null) {
            return Result.FAILED;
        }
        if (!writes || !change.action().writes()) {
            return Result.PLANNED;
        }
        if (done.contains(change.id())) {
            return Result.DONE;
        }
        return change.action() == Action.NONE || change.action() == Action.KEEP ? Result.PLANNED : Result.NOT_REACHED;
    }
}
