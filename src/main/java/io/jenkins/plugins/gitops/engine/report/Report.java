package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
 * @param rendered the digest of what the folder rendered to, {@code sha256:} and 64 hexadecimal digits, without the values
 *     of Secrets; {@code null} where it was not rendered
 * @param cluster where it ran; {@code null} where no cluster was asked
 * @param startedAt when the run began
 * @param duration how long it took
 * @param phases where the time went, in the order in which the phases ran
 * @param steps the waves, hooks and the pruning of a sync, in their order; empty where nothing is to be done
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
        String rendered,
        ClusterInfo cluster,
        Instant startedAt,
        Duration duration,
        List<Phase> phases,
        List<Step> steps,
        List<ObjectReport> objects,
        List<Problem> problems) {

    /** The version of the JSON form; it changes when a reader of the old form would be misled by the new one. */
    public static final int SCHEMA_VERSION = 1;

    /** Whoever fills a report leaves credentials out of the URL; should they have come this far, they go here. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=https?://)[^/\\s]*@|(?<=://)[^/\\s]*:[^/\\s]*@");

    /**
     * The cluster that was asked.
     *
     * @param name what people call it: the name it has in Jenkins, or the kubeconfig's context; {@code null} where it
     *     has none
     * @param server the API server's URL
     * @param version such as {@code v1.36.3}
     * @param namespace the default namespace
     * @param requests how many HTTP requests the run made
     * @param bytesReceived the bytes of the answers' bodies
     */
    public record ClusterInfo(
            String name, String server, String version, String namespace, long requests, long bytesReceived) {

        /** A cluster without a name. */
        public ClusterInfo(String server, String version, String namespace, long requests, long bytesReceived) {
            this(null, server, version, namespace, requests, bytesReceived);
        }

        public ClusterInfo {
            Objects.requireNonNull(server, "server");
        }
    }

    /** A phase of the run ({@code fetch}, {@code render}, {@code plan}, {@code apply} ...) and how long it took. */
    public record Phase(String name, Duration duration) {

        public Phase {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(duration, "duration");
        }
    }

    /**
     * Totals over {@link #objects()}, and over {@link #problems()} for {@code errors} and {@code warnings}.
     *
     * @param updated including those that are replaced
     * @param drifted the objects that had left what was last synced; a sync that put them right counts them too
     */
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
            int unhealthy,
            int errors,
            int warnings) {}

    public Report {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(duration, "duration");
        message = message == null ? "" : message;
        repository = repository == null ? "" : USER_INFO.matcher(repository).replaceAll("");
        path = path == null ? "" : path;
        phases = List.copyOf(phases);
        steps = List.copyOf(steps);
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /** Of a run that has nothing to do in any order. */
    public Report(
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
        this(
                command,
                app,
                status,
                message,
                repository,
                path,
                revision,
                lastSynced,
                null,
                cluster,
                startedAt,
                duration,
                phases,
                List.of(),
                objects,
                problems);
    }

    /** Whether it was to be done, and not only to be shown. */
    public boolean writes() {
        return command.writes() && status != Status.OUT_OF_SYNC;
    }

    /** When the run ended. */
    public Instant finishedAt() {
        return startedAt.plus(duration);
    }

    /**
     * Totals. {@code created}, {@code updated} and {@code pruned} count what is to be done in a plan and what was done
     * in a sync; what failed or was not reached counts there only. What a sync has only planned was not reached.
     */
    public Counts counts() {
        return new Counts(
                objects.size(),
                count(o -> settled(o, Action.CREATE)),
                count(o -> settled(o, Action.UPDATE) || settled(o, Action.REPLACE)),
                count(o -> settled(o, Action.NONE)),
                count(o -> settled(o, Action.PRUNE)),
                count(o -> settled(o, Action.KEEP)),
                count(o -> o.result() == Result.FAILED),
                count(this::notReached),
                count(ObjectReport::drifted),
                count(o -> o.cause() == Cause.PENDING),
                count(ObjectReport::unhealthy),
                (int) problems.stream().filter(Problem::isError).count(),
                (int) problems.stream().filter(p -> !p.isError()).count());
    }

    /** Whether the run ended before it came to the object. */
    public boolean notReached(ObjectReport object) {
        return object.result() == Result.NOT_REACHED
                || (writes() && object.action().writes() && object.result() == Result.PLANNED);
    }

    private boolean settled(ObjectReport object, Action action) {
        return object.action() == action && object.result() != Result.FAILED && !notReached(object);
    }

    private int count(Predicate<ObjectReport> which) {
        return (int) objects.stream().filter(which).count();
    }
}
