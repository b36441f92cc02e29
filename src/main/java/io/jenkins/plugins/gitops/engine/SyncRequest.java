package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.time.Duration;
import java.util.Objects;

/**
 * What to do. Immutable; {@link #of} has the defaults.
 *
 * @param command sync, plan, drift or validate
 * @param app the app's name; {@code null} to take the repository's or folder's
 * @param repository where the desired state is
 * @param path the folder in the repository, or one file; {@code null} for the folder that the repository's path names,
 *     else its root
 * @param namespace for objects that name none, and home of the inventory; {@code null} for the credential's default
 * @param prune whether objects that left Git are deleted
 * @param awaitHealth whether to wait until everything is healthy
 * @param timeout how long to wait for that
 * @param force whether fields that other managers own are taken over, or reported as conflicts
 * @param pruneLimit how much may be pruned in one go
 * @param additions what becomes of fields that Git does not declare and that a person added by hand
 */
public record SyncRequest(
        Command command,
        String app,
        RepositoryRequest repository,
        String path,
        String namespace,
        boolean prune,
        boolean awaitHealth,
        Duration timeout,
        boolean force,
        PruneLimit pruneLimit,
        AdditionsPolicy additions) {

    public SyncRequest {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(pruneLimit, "pruneLimit");
        Objects.requireNonNull(additions, "additions");
    }

    /** With pruning, waiting for at most five minutes, and Git winning over other managers. */
    public static SyncRequest of(Command command, RepositoryRequest repository) {
        return new SyncRequest(
                command,
                null,
                repository,
                null,
                null,
                true,
                true,
                Duration.ofMinutes(5),
                true,
                PruneLimit.DEFAULT,
                AdditionsPolicy.REPORT);
    }

    public SyncRequest withApp(String value) {
        return new SyncRequest(
                command, value, repository, path, namespace, prune, awaitHealth, timeout, force, pruneLimit, additions);
    }

    public SyncRequest withPath(String value) {
        return new SyncRequest(
                command, app, repository, value, namespace, prune, awaitHealth, timeout, force, pruneLimit, additions);
    }

    public SyncRequest withNamespace(String value) {
        return new SyncRequest(
                command, app, repository, path, value, prune, awaitHealth, timeout, force, pruneLimit, additions);
    }

    public SyncRequest withPrune(boolean value) {
        return new SyncRequest(
                command, app, repository, path, namespace, value, awaitHealth, timeout, force, pruneLimit, additions);
    }

    public SyncRequest withWait(boolean value, Duration atMost) {
        return new SyncRequest(
                command, app, repository, path, namespace, prune, value, atMost, force, pruneLimit, additions);
    }

    public SyncRequest withForce(boolean value) {
        return new SyncRequest(
                command, app, repository, path, namespace, prune, awaitHealth, timeout, value, pruneLimit, additions);
    }

    public SyncRequest withAdditions(AdditionsPolicy value) {
        return new SyncRequest(
                command, app, repository, path, namespace, prune, awaitHealth, timeout, force, pruneLimit, value);
    }

    public SyncRequest withPruneLimit(PruneLimit value) {
        return new SyncRequest(
                command, app, repository, path, namespace, prune, awaitHealth, timeout, force, value, additions);
    }
}
