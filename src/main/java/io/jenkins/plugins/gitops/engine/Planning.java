package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.OrderCheck;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.inventory.Members;
import io.jenkins.plugins.gitops.engine.manifest.IdentityClashes;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.DryRunErrors;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.HookPlanner;
import io.jenkins.plugins.gitops.engine.plan.Observation;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Planner;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.plan.TargetResolver;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The middle of a run: looks at the cluster, and plans what makes it what Git declares. */
final class Planning {

    private final SyncRequest request;
    private final ProgressListener progress;
    private final ReportBuilder report;
    private final DesiredState desired;
    private final IgnoreRules rules;
    private final Connection connection;
    private final ApplySet applySet;
    private boolean again;

    /** @param rules that stand beside the manifests, besides those of the request */
    Planning(
            SyncRequest request,
            ProgressListener progress,
            ReportBuilder report,
            DesiredState desired,
            IgnoreRules rules,
            Connection connection,
            ApplySet applySet) {
        this.request = request;
        this.progress = progress;
        this.report = report;
        this.desired = desired;
        this.rules = rules;
        this.connection = connection;
        this.applySet = applySet;
    }

    /** Looks at the cluster and plans. */
    Observed observe(List<Manifest> manifests) throws BadInputException, ClusterException, InterruptedException {
        report.phase("observe");
        ObjectApi objects = new ObjectApi(connection.server());
        ApiResources resources = served(manifests);
        InventoryStore store = new InventoryStore(objects, applySet);
        Inventory inventory = store.load();
        report.lastSynced = inventory.revision();

        boolean deletion = request.command() == Command.DELETE;
        List<Manifest> relevant =
                deletion ? manifests.stream().filter(HookPlanner::isOfDeletion).toList() : manifests;
        Declared declared = resolve(relevant, resources, liveNamespaces(objects, resources));
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

    /** What Git declares, as a sync takes it. */
    private record Declared(List<Target> targets, HookPlan hooks, HookPlanner hookPlanner) {}

    private Declared resolve(List<Manifest> manifests, ApiResources resources, Set<String> namespaces)
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
        if (report.hasErrors()) {
            // What could be resolved is not dry-run: its errors may only follow from these.
            throw new BadInputException(List.of());
        }
        return new Declared(targets, hooks, hookPlanner);
    }

    private ApiResources served(List<Manifest> manifests) throws ClusterException, InterruptedException {
        ApiResources resources = connection.served().resources();
        boolean complete = !again
                && manifests.stream()
                        .allMatch(m -> resources.find(m.apiVersion(), m.kind()).isPresent());
        again = true;
        // A kind may have come while Git was read.
        return complete ? resources : Discovery.discover(connection.server());
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
}
