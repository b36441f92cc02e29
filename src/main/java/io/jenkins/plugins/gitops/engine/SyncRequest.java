package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import java.io.Serializable;
import java.util.Objects;

/**
 * What to do. Immutable; {@link #of} has the defaults. Plain data, so that it can be sent to where the engine runs.
 *
 * @param command sync, plan, drift or validate
 * @param app the app's name; {@code null} to take the repository's or folder's
 * @param repository where the desired state is
 * @param path the folder in the repository, or one file; {@code null} for the folder that the repository's path names,
 *     else its root
 * @param namespace for objects that name none, and home of the inventory; {@code null} for the credential's default
 * @param render how the folder becomes manifests
 * @param drift what counts as a difference
 * @param apply how changes are made
 * @param health how a sync waits
 * @param lease what a sync does where another one of the app is under way
 * @param validate what is checked besides what the API server says
 */
public record SyncRequest(
        Command command,
        String app,
        RepositoryRequest repository,
        String path,
        String namespace,
        RenderPolicy render,
        DriftPolicy drift,
        ApplyPolicy apply,
        HealthPolicy health,
        LeasePolicy lease,
        ValidatePolicy validate)
        implements Serializable {

    public SyncRequest {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(render, "render");
        Objects.requireNonNull(drift, "drift");
        Objects.requireNonNull(apply, "apply");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(validate, "validate");
    }

    /** With the default of every option. */
    public static SyncRequest of(Command command, RepositoryRequest repository) {
        return new SyncRequest(
                command,
                null,
                repository,
                null,
                null,
                RenderPolicy.DEFAULT,
                DriftPolicy.DEFAULT,
                ApplyPolicy.DEFAULT,
                HealthPolicy.DEFAULT,
                LeasePolicy.DEFAULT,
                ValidatePolicy.DEFAULT);
    }

    /** A sync that does what was reviewed: of the same app, with the options that the plan was made with. */
    public SyncRequest reviewed(PlanFile plan) {
        return new SyncRequest(
                Command.SYNC,
                plan.report().app(),
                repository,
                plan.report().path(),
                plan.report().cluster().namespace(),
                render,
                plan.drift(),
                plan.apply(),
                health,
                lease,
                validate);
    }

    public SyncRequest withCommand(Command value) {
        return new SyncRequest(value, app, repository, path, namespace, render, drift, apply, health, lease, validate);
    }

    public SyncRequest withApp(String value) {
        return new SyncRequest(
                command, value, repository, path, namespace, render, drift, apply, health, lease, validate);
    }

    public SyncRequest withRepository(RepositoryRequest value) {
        return new SyncRequest(command, app, value, path, namespace, render, drift, apply, health, lease, validate);
    }

    public SyncRequest withPath(String value) {
        return new SyncRequest(
                command, app, repository, value, namespace, render, drift, apply, health, lease, validate);
    }

    public SyncRequest withNamespace(String value) {
        return new SyncRequest(command, app, repository, path, value, render, drift, apply, health, lease, validate);
    }

    public SyncRequest withRender(RenderPolicy value) {
        return new SyncRequest(command, app, repository, path, namespace, value, drift, apply, health, lease, validate);
    }

    public SyncRequest withDrift(DriftPolicy value) {
        return new SyncRequest(
                command, app, repository, path, namespace, render, value, apply, health, lease, validate);
    }

    public SyncRequest withApply(ApplyPolicy value) {
        return new SyncRequest(
                command, app, repository, path, namespace, render, drift, value, health, lease, validate);
    }

    public SyncRequest withHealth(HealthPolicy value) {
        return new SyncRequest(command, app, repository, path, namespace, render, drift, apply, value, lease, validate);
    }

    public SyncRequest withLease(LeasePolicy value) {
        return new SyncRequest(
                command, app, repository, path, namespace, render, drift, apply, health, value, validate);
    }

    public SyncRequest withValidate(ValidatePolicy value) {
        return new SyncRequest(command, app, repository, path, namespace, render, drift, apply, health, lease, value);
    }
}
