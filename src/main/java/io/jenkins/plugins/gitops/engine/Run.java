package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.AnnotationCheck;
import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.OrderCheck;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.inventory.Members;
import io.jenkins.plugins.gitops.engine.lease.AppLease;
import io.jenkins.plugins.gitops.engine.lease.LeaseHeldException;
import io.jenkins.plugins.gitops.engine.manifest.IdentityClashes;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.DryRunErrors;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.HookPlanner;
import io.jenkins.plugins.gitops.engine.plan.Observation;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import io.jenkins.plugins.gitops.engine.plan.Safety;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.plan.TargetResolver;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One run: fetch, render, observe, plan, and for a sync the rest. It reads like that line; what each word means is in
 * the packages.
 */
final class Run implements AutoCloseable {

    private final SyncRequest request;
    private final ClusterAccess access;
    private final ProgressListener progress;
    private final ReportBuilder report;
    private final Path cacheDirectory;
    private final Review review;

    private DesiredState desired;
    private IgnoreRules rules = IgnoreRules.NONE;
    private ApiServer server;
    private AppLease lease;

    Run(
            SyncRequest request,
            ClusterAccess access,
            ProgressListener progress,
            ReportBuilder report,
            Path cacheDirectory,
            Review review) {
        this.request = request;
        this.access = access;
        this.progress = progress;
        this.report = report;
        this.cacheDirectory = cacheDirectory;
        this.review = review;
    }

    Report carryOut()
            throws BadInputException, ClusterException, LeaseHeldException, IOException, InterruptedException {
        List<Manifest> manifests = renderedManifests();

        if (access == null) {
            report.problems.addAll(IdentityClashes.find(manifests));
            report.problems.addAll(validated(manifests));
            return hasErrors()
                    ? report.build(Status.INVALID, "the manifests are not sound")
                    : report.build(Status.IN_SYNC, sound(manifests));
        }

        server = ApiServer.connect(access);
        report.server = server;
        report.namespace = request.namespace() == null ? server.defaultNamespace() : request.namespace();
        report.serverVersion = server.version();
        ApplySet applySet = new ApplySet(report.app, report.namespace);
        lease = new AppLease(server, applySet, request.lease(), progress);
        List<Problem> checked = validated(manifests);
        int known = report.problems.size();
        while (true) {
            Observed now;
            try {
                now = observe(manifests, applySet);
            } finally {
                report.problems.addAll(checked);
            }
            Optional<Report> end = endWithoutSync(manifests, now);
            if (end.isPresent()) {
                return end.get();
            }
            // What changes nothing need not keep others waiting.
            boolean writes = now.plan().writes()
                    || now.hooks().due()
                    || !report.revision.commit().equals(now.inventory().revision());
            if (!writes || !lease.acquire()) {
                return write(new SyncContext(request, progress, report, server, applySet, now, lease));
            }
            // Another sync has ended just now: what was seen before it did is out of date.
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
        if (access != null && request.command() == Command.VALIDATE) {
            validation = validation.leavingSchemasToTheServer();
        }
        PolicyFolder folder = PolicyFolder.read(policy.policies() == null ? null : Path.of(policy.policies()));
        report.problems.addAll(folder.problems());
        List<Problem> problems = validation.check(manifests, folder.manifests());
        problems.stream().filter(p -> !p.isError()).forEach(progress::warning);
        return problems;
    }

    /** Looks at the cluster and plans. */
    private Observed observe(List<Manifest> manifests, ApplySet applySet)
            throws BadInputException, ClusterException, InterruptedException {
        report.phase("observe");
        ObjectApi objects = new ObjectApi(server);
        ApiResources resources = Discovery.discover(server);
        InventoryStore store = new InventoryStore(objects, applySet);
        Inventory inventory = store.load();
        report.lastSynced = inventory.revision();

        boolean deletion = request.command() == Command.DELETE;
        List<Manifest> relevant =
                deletion ? manifests.stream().filter(HookPlanner::isOfDeletion).toList() : manifests;
        Declared declared = resolve(relevant, resources, applySet, liveNamespaces(objects, resources));
        List<Target> targets = declared.targets();
        DryRunErrors errors = new DryRunErrors(desired::locate);
        Planner planner = new Planner(
                objects,
                resources,
                errors,
                inventory,
                request.apply().force(),
                request.apply().prune() || deletion,
                request.apply().replace(),
                request.apply().takeOver(),
                request.drift().withIgnore(request.drift().ignore().plus(rules)));
        HealthRules healthRules = HealthRules.standard().with(request.health().expressions());
        HealthWaiter health = new HealthWaiter(objects, resources, healthRules, request.health(), progress);
        Observation seen =
                planner.observe(targets, request.command() == Command.SYNC ? health::assess : (id, live) -> {});
        Set<ObjectId> hooksLeft = ConcurrentHashMap.newKeySet();
        hooksLeft.addAll(inventory.hooks().left());
        Set<ObjectId> hookIds = declared.hooks().ids();
        new Members(objects, resources, applySet).list(inventory, kinds(targets), (id, live) -> {
            // A former member that Git has made a hook is cleared away before the hook runs.
            if (HookPlanner.isHook(live) || hookIds.contains(id)) {
                hooksLeft.add(id);
            } else {
                seen.see(id, live);
            }
        });

        report.phase("plan");
        Plan plan = planner.plan(seen, declared.hooks().untouched());
        report.plan = plan;
        report.problems.addAll(plan.problems());
        List<Problem> rivals = OtherTools.warnings(plan, request.apply().takeOver());
        report.problems.addAll(rivals);
        rivals.forEach(progress::warning);
        HookPlan hooks =
                declared.hooks().whenDue(deletion || HookSurvey.areDue(declared.hooks(), plan, inventory, hooksLeft));
        if (deletion) {
            report.problems.addAll(HookSurvey.homeless(hooks, plan));
        }
        if (hooks.due() || request.command() == Command.VALIDATE) {
            report.problems.addAll(declared.hookPlanner().verify(hooks.tasks(), objects, errors));
        }
        report.hooks = hooks;
        return new Observed(
                objects, resources, store, inventory, errors, planner, seen, health, plan, hooks, hooksLeft);
    }

    private static String sound(List<Manifest> manifests) {
        return Words.plural(manifests.size(), "manifest") + (manifests.size() == 1 ? " is sound" : " are sound");
    }

    /** The report where there is nothing to write: because that is all that was asked, or because it must not be done. */
    private Optional<Report> endWithoutSync(List<Manifest> manifests, Observed now)
            throws ClusterException, InterruptedException {
        if (hasErrors()) {
            return Optional.of(report.build(Status.INVALID, "the input is not sound; nothing was changed"));
        }
        if (request.command() == Command.VALIDATE) {
            return Optional.of(report.build(Status.IN_SYNC, sound(manifests) + " on " + server.url()));
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
        List<String> moved = review.moved(report.build(Status.REFUSED, ""), now);
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

        report.phase("render");
        rules = desired.ignoreRules();
        RenderResult rendered = desired.render(access);
        report.problems.addAll(rendered.problems());
        report.rendered = rendered.problems().stream().anyMatch(Problem::isError) ? null : rendered.digest();
        List<Problem> misunderstood = AnnotationCheck.find(rendered.manifests(), desired::locate);
        report.problems.addAll(misunderstood);
        misunderstood.stream().filter(p -> !p.isError()).forEach(progress::warning);
        return rendered.manifests();
    }

    /** What Git declares, as a sync takes it. */
    private record Declared(List<Target> targets, HookPlan hooks, HookPlanner hookPlanner) {}

    private Declared resolve(
            List<Manifest> manifests, ApiResources resources, ApplySet applySet, Set<String> namespaces)
            throws BadInputException {
        if (namespaces != null
                && !namespaces.contains(applySet.namespace())
                && manifests.stream()
                        .noneMatch(m -> m.kind().equals("Namespace") && m.name().equals(applySet.namespace()))) {
            report.problems.add(Problem.error(
                    null,
                    "namespace \"" + applySet.namespace() + "\", the home of the app, exists neither in Git nor in the"
                            + " cluster",
                    "declare it in Git, or name another one"));
        }
        TargetResolver resolver = new TargetResolver(resources, applySet, applySet.namespace(), namespaces);
        List<Target> targets = resolver.resolve(manifests.stream()
                .filter(manifest -> !HookPlanner.isApart(manifest))
                .toList());
        HookPlanner hookPlanner = new HookPlanner(
                applySet, resolver, report.revision.commit(), Instant.now().getEpochSecond());
        HookPlan hooks =
                hookPlanner.plan(manifests.stream().filter(HookPlanner::isApart).toList());
        report.problems.addAll(resolver.problems());
        resolver.problems().stream().filter(p -> !p.isError()).forEach(progress::warning);
        report.problems.addAll(IdentityClashes.find(Stream.concat(
                        targets.stream().map(Target::manifest),
                        manifests.stream()
                                .filter(HookPlanner::isApart)
                                .map(manifest -> HookSurvey.inPlace(manifest, hooks)))
                .toList()));
        report.problems.addAll(new OrderCheck(desired::locate).find(targets, hooks.tasks()));
        if (hasErrors()) {
            // What could be resolved is not dry-run: its errors may only follow from these.
            throw new BadInputException(List.of());
        }
        return new Declared(targets, hooks, hookPlanner);
    }

    /** The namespaces that exist; {@code null} where the credential may not see them. */
    private static Set<String> liveNamespaces(ObjectApi objects, ApiResources resources)
            throws ClusterException, InterruptedException {
        ApiResource kind = resources.findByGroupKind("Namespace").orElseThrow();
        Set<String> names = new HashSet<>();
        try {
            objects.listMetadata(
                    kind,
                    "",
                    null,
                    ns -> names.add(ns.path("metadata").path("name").asText()));
        } catch (ApiException e) {
            if (e.code() == 403) {
                return null;
            }
            throw e;
        }
        return names;
    }

    private static Map<ObjectId, ApiResource> kinds(List<Target> targets) {
        Map<ObjectId, ApiResource> kinds = new HashMap<>();
        targets.forEach(target -> kinds.put(target.id(), target.resource()));
        return kinds;
    }

    private boolean hasErrors() {
        return report.problems.stream().anyMatch(Problem::isError);
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
        if (server != null) {
            server.close();
        }
        if (desired != null) {
            desired.close();
        }
    }
}
