package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.plan.IgnoredField;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.List;
import java.util.Objects;

/**
 * What a run found and did about one object.
 *
 * @param id which object
 * @param apiVersion the version that Git declares, or the served one for objects that are in the cluster only
 * @param source where Git declares it; {@code null} for objects that are in the cluster only
 * @param action what a sync does to it
 * @param result how far that came
 * @param cause why it differs; {@code null} where it does not
 * @param fields the fields that differ, in document order; empty for whole objects that are missing or extra. A
 *     Secret's values are masked here once more, should they have come this far
 * @param additions fields that Git does not declare and that a person set by hand; a sync leaves them as they are.
 *     Their {@link FieldChange#desired()} is {@code null}
 * @param ignored differences that do not count, since a rule says so; their values are not told
 * @param health {@code null} where it was not assessed
 * @param message one line: a server's error, why an object is kept, that it was deleted by hand; empty where there is
 *     nothing to say
 */
public record ObjectReport(
        ObjectId id,
        String apiVersion,
        SourceLocation source,
        Action action,
        Result result,
        Cause cause,
        List<FieldChange> fields,
        List<FieldChange> additions,
        List<IgnoredField> ignored,
        Health health,
        String message) {

    /** How far the action on one object came. */
    public enum Result {
        /** Only planned ({@code plan}, {@code drift}), or there was nothing to do. */
        PLANNED,
        /** The cluster has accepted it. */
        DONE,
        /** The cluster refused it; the message says why. */
        FAILED,
        /** The run ended before it came to this object. */
        NOT_REACHED
    }

    public ObjectReport {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(result, "result");
        apiVersion = apiVersion == null ? "" : apiVersion;
        fields = fields.stream().map(field -> field.masked(id)).toList();
        additions = additions.stream().map(field -> field.masked(id)).toList();
        ignored = List.copyOf(ignored);
        message = message == null ? "" : message;
    }

    /** An object to which nobody has added a field by hand. */
    public ObjectReport(
            ObjectId id,
            String apiVersion,
            SourceLocation source,
            Action action,
            Result result,
            Cause cause,
            List<FieldChange> fields,
            Health health,
            String message) {
        this(id, apiVersion, source, action, result, cause, fields, List.of(), health, message);
    }

    /** An object of which nothing is ignored. */
    public ObjectReport(
            ObjectId id,
            String apiVersion,
            SourceLocation source,
            Action action,
            Result result,
            Cause cause,
            List<FieldChange> fields,
            List<FieldChange> additions,
            Health health,
            String message) {
        this(id, apiVersion, source, action, result, cause, fields, additions, List.of(), health, message);
    }

    /**
     * Whether it had left what was last synced, if only in one field of several: where Git has moved on too, its
     * {@link #cause} is that.
     */
    public boolean drifted() {
        return cause == Cause.DRIFT || fields.stream().anyMatch(field -> field.cause() == Cause.DRIFT);
    }

    /** Whether the cluster has taken a change of it. */
    public boolean written() {
        return result == Result.DONE && action.writes();
    }

    /** Whether it was assessed and found neither healthy nor paused on purpose. */
    public boolean unhealthy() {
        return health != null && health.status() != HealthStatus.HEALTHY && health.status() != HealthStatus.SUSPENDED;
    }
}
