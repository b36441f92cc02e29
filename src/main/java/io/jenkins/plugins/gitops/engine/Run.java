package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.AnnotationCheck;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.lease.AppLease;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.manifest.IdentityClashes;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.parallel.Ahead;
import io.jenkins.plugins.gitops.engine.plan.Safety;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.render.RenderResult;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.Words;
import io.jenkins.plugins.gitops.engine.validate.PolicyFolder;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import io.jenkins.plugins.gitops.engine.validate.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One run: fetch, render, observe, plan, and for a sync the rest. It reads like that line; what each word means is in
 * the packages.
 */
final class Run implements AutoCloseable {

    private final SyncRequest request;
    private final Connection connection;
    private final ProgressListener progress;
    private final ReportBuilder report;
    private final Path cacheDirectory;
    private final Review review;

    private DesiredState desired;
    private IgnoreRules rules = IgnoreRules.NONE;
    private Ahead<Standing, ClusterException> standing;
    private AppLease lease;

    Run(
            SyncRequest request,
            ClusterAccess access,
            ProgressListener progress,
            ReportBuilder report,
            Path cacheDirectory,
            Review review) {
        this.request = request;
        this.connection = access == null ? null : new Connection(access);
        this.progress = progress;
        this.report = report;
        this.cacheDirectory = cacheDirectory;
        this.review = review;
    }

    Report carryOut()
            throws BadInputException, ClusterException, LeaseHeldException, IOException, InterruptedException {
        boolean aborted = false;
        try {
            return outcome();
        } catch (InterruptedException e) {
            aborted = true;
            throw e;
        } finally {
            if (desired != null && !aborted) {
                desired.awaitWarnings();
            }
        }
    }

    private Report outcome()
            throws BadInputException, ClusterException, LeaseHeldException, IOException, InterruptedException {
        if (connection != null) {
            connection.beginAhead();
        }
        List<Manifest> manifests = renderedManifests();

        if (connection == null) {
            report.problems.addAll(IdentityClashes.find(manifests));
            report.problems.addAll(validated(manifests));
            return report.hasErrors()
                    ? report.build(Status.INVALID, "the manifests are not sound")
                    : report.build(Status.IN_SYNC, sound(manifests));
        }

        ApiServer server = connection.server();
        report.server = server;
        ApplySet applySet = applySet(server);
        report.namespace = applySet.namespace();
        report.serverVersion = connection.served().version();
        lease = new AppLease(server, applySet, request.lease(), progress);
        List<Problem> checked = validated(manifests);
        int known = report.problems.size();
        Planning planning = new Planning(request, progress, report, desired, rules, connection, applySet, standing);
        boolean sure = false;
        while (true) {
            Observed now;
            try {
                now = planning.observe(manifests);
            } finally {
                report.problems.addAll(checked);
            }
            Optional<Report> end = endWithoutSync(manifests, now);
            if (end.isPresent()) {
                return end.get();
            }
            // What changes nothing need not keep others waiting.
            boolean writes = now.asksForWrites()
                    || !report.revision.commit().equals(now.inventory().revision());
            boolean late = writes && lease.acquire();
            if (!late && (!writes || sure || now.store().isCurrent())) {
                return write(new SyncContext(request, progress, report, server, applySet, now, lease));
            }
            // Another sync has ended just now, or while Git was read: what was seen before it did is out of date. From
            // here on there is none beside this one.
            sure = true;
            report.problems.subList(known, report.problems.size()).clear();
        }
    }

    private Report write(SyncContext context) throws LeaseHeldException, ClusterException, InterruptedException {
        try {
            if (request.command() == Command.DELETE) {
                Deletion deletion = new Deletion(context);
                Status status = deletion.carryOut();
                return report.build(status, deletion.message());
            }
            Sync sync = new Sync(context);
            Status status = sync.carryOut();
            return report.build(status, sync.message());
        } catch (InterruptedException e) {
            // Not a person's doing where the lease was lost.
            String loss = lease.loss().orElseThrow(() -> e);
            throw new ClusterException(loss + ": writing was stopped", "sync again");
        }
    }

    /** What a server would not tell, or only when it is too late. */
    private List<Problem> validated(List<Manifest> manifests)
            throws BadInputException, IOException, InterruptedException {
        ValidatePolicy policy = request.validate();
        String namespace = !report.namespace.isEmpty()
                ? report.namespace
                : request.namespace() == null ? "default" : request.namespace();
        Validation validation = new Validation(policy, namespace, desired::locate);
        if (connection != null && request.command() == Command.VALIDATE) {
            validation = validation.leavingSchemasToTheServer();
        }
        PolicyFolder folder = PolicyFolder.read(policy.policies() == null ? null : Path.of(policy.policies()));
        report.problems.addAll(folder.problems());
        List<Problem> problems = validation.check(manifests, folder.manifests());
        problems.stream().filter(p -> !p.isError()).forEach(progress::warning);
        return problems;
    }

    private static String sound(List<Manifest> manifests) {
        return Words.plural(manifests.size(), "manifest") + (manifests.size() == 1 ? " is sound" : " are sound");
    }

    /** The report where there is nothing to write: because that is all that was asked, or because it must not be done. */
    private Optional<Report> endWithoutSync(List<Manifest> manifests, Observed now)
            throws ClusterException, InterruptedException {
        if (report.hasErrors()) {
            return Optional.of(report.build(Status.INVALID, "the input is not sound; nothing was changed"));
        }
        if (request.command() == Command.VALIDATE) {
            return Optional.of(report.build(Status.IN_SYNC, sound(manifests) + " on " + report.server.url()));
        }
        ApplySet applySet = new ApplySet(report.app, report.namespace);
        boolean deletion = request.command() == Command.DELETE;
        Optional<String> refusal = new Safety(now.objects(), now.resources(), applySet)
                .refusal(
                        now.plan(), deletion ? PruneLimit.NONE : request.apply().pruneLimit());
        if (refusal.isPresent() && request.command() != Command.DRIFT) {
            report.problems.add(Problem.error(null, refusal.get(), ""));
            return Optional.of(report.build(Status.REFUSED, refusal.get()));
        }
        if (deletion) {
            return endWithoutDeletion(now);
        }
        if (request.command() == Command.SYNC) {
            return refusalOfWhatWasNotReviewed(now);
        }
        Report found = now.plan().differs()
                ? report.build(Status.OUT_OF_SYNC, "the cluster differs from Git")
                : report.build(Status.IN_SYNC, "the cluster is what Git declares");
        review.keep(found, request, now);
        return Optional.of(found);
    }

    private Optional<Report> endWithoutDeletion(Observed now) {
        int number = now.plan().prunes().size();
        if (number == 0 && !now.inventory().exists() && now.hooksLeft().isEmpty()) {
            return Optional.of(report.build(Status.IN_SYNC, "there is nothing of this app in the cluster"));
        }
        return request.apply().deletion()
                ? Optional.empty()
                : Optional.of(report.build(
                        Status.OUT_OF_SYNC,
                        Sync.count(number, "object") + " would be deleted; nothing was done: say that it is meant"));
    }

    private Optional<Report> refusalOfWhatWasNotReviewed(Observed now) throws ClusterException, InterruptedException {
        List<String> moved = review.moved(() -> report.build(Status.REFUSED, ""), now);
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        moved.forEach(what -> report.problems.add(Problem.error(null, what, "make a new plan and have it reviewed")));
        return Optional.of(report.build(
                Status.REFUSED,
                "the reviewed plan does not hold any more: " + moved.get(0)
                        + (moved.size() == 1 ? "" : " (and " + (moved.size() - 1) + " more)")
                        + "; nothing was changed"));
    }

    /** Fetches and renders; what is wrong with a file is in the report. */
    private List<Manifest> renderedManifests()
            throws BadInputException, ClusterException, IOException, InterruptedException {
        report.repository = request.repository().toString();
        report.phase("fetch");
        desired = DesiredState.open(request, progress, cacheDirectory);
        report.revision = desired.repository().revision();
        report.repository = desired.repository().displayUrl();
        report.path = desired.path();
        report.app = desired.app();
        if (connection != null) {
            standing = new Ahead<>(this::standing);
            standing.begin("gitops-standing");
        }

        report.phase("render");
        rules = desired.ignoreRules();
        RenderResult rendered = desired.render(connection);
        report.problems.addAll(rendered.problems());
        report.rendered = rendered.problems().stream().anyMatch(Problem::isError) ? null : rendered.digest();
        List<Problem> misunderstood = AnnotationCheck.find(rendered.manifests(), desired::locate);
        report.problems.addAll(misunderstood);
        misunderstood.stream().filter(p -> !p.isError()).forEach(progress::warning);
        return rendered.manifests();
    }

    private Standing standing() throws ClusterException, InterruptedException {
        connection.version();
        ApiServer server = connection.server();
        return Standing.look(new ObjectApi(server), applySet(server));
    }

    private ApplySet applySet(ApiServer server) {
        String home = request.namespace() == null ? server.defaultNamespace() : request.namespace();
        return new ApplySet(report.app, home);
    }

    @Override
    public void close() {
        if (standing != null) {
            standing.cancel();
        }
        if (lease != null) {
            lease.close();
        }
        if (connection != null) {
            connection.close();
        }
        if (desired != null) {
            desired.close();
        }
    }
}
