package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything that one run found and did. Holds no secret's value.
 *
 * @param command what was asked for
 * @param app the app's name
 * @param status how it ended
 * @param message one sentence that says why it ended so
 * @param repository the config repository's URL or path, without credentials
 * @param path the folder in it; {@code ""} for its root
 * @param revision the commit; {@code null} where it could not be determined
 * @param lastSynced the commit that was last synced to this cluster; {@code null} where there is none
 * @param cluster where it ran; {@code null} where no cluster was asked
 * @param startedAt when the run began
 * @param duration how long it took
 * @param phases where the time went, in the order in which the phases ran
 * @param objects every object of the app, sorted by namespace, kind and name
 * @param problems everything that is wrong with the input, and warnings
 */
public record Report(
        Command command,
        String app,
        Status status,
        String message,
        String repository,
        String path,
        Revision revision,
        String lastSynced,
        ClusterInfo cluster,
        Instant startedAt,
        Duration duration,
        List<Phase> phases,
        List<ObjectReport> objects,
        List<Problem> problems) {

    /** The version of the JSON form; it changes when a reader of the old form would be misled by the new one. */
    public static final int SCHEMA_VERSION = 1;

    /**
     * The cluster that was asked.
     *
     * @param server the API server's URL
     * @param version such as {@code v1.36.3}
     * @param namespace the default namespace
     * @param requests how many HTTP requests the run made
     * @param bytesReceived the bytes of the answers' bodies
     */
    public record ClusterInfo(String server, String version, String namespace, long requests, long bytesReceived) {}

    /** A phase of the run ({@code fetch}, {@code render}, {@code plan}, {@code apply} ...) and how long it took. */
    public record Phase(String name, Duration duration) {}

    /** Totals over {@link #objects()}. */
    public record Counts(
            int total,
            int created,
            int updated,
            int unchanged,
            int pruned,
            int kept,
            int failed,
            int notReached,
            int drifted,
            int pending,
            int unhealthy) {}

    public Report {
        phases = List.copyOf(phases);
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /**
     * Totals. {@code created}, {@code updated} and {@code pruned} count what is to be done in a plan and what was done
     * in a sync; what failed or was not reached counts there only.
     */
    public Counts counts() {
        return new Counts(
                objects.size(),
                count(Action.CREATE),
                count(Action.UPDATE),
                count(Action.NONE),
                count(Action.PRUNE),
                count(Action.KEEP),
                (int) objects.stream()
                        .filter(o -> o.result() == ObjectReport.Result.FAILED)
                        .count(),
                (int) objects.stream()
                        .filter(o -> o.result() == ObjectReport.Result.NOT_REACHED)
                        .count(),
                (int) objects.stream().filter(o -> o.cause() == Cause.DRIFT).count(),
                (int) objects.stream().filter(o -> o.cause() == Cause.PENDING).count(),
                (int) objects.stream()
                        .filter(o -> o.health() != null && isUnhealthy(o.health().status()))
                        .count());
    }

    private int count(Action action) {
        return (int) objects.stream()
                .filter(o -> o.action() == action)
                .filter(o -> o.result() != ObjectReport.Result.FAILED
                        && o.result() != ObjectReport.Result.NOT_REACHED)
                .count();
    }

    private static boolean isUnhealthy(HealthStatus status) {
        return status != HealthStatus.HEALTHY && status != HealthStatus.SUSPENDED;
    }
}
