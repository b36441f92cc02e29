package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.HealthWaiter;
import io.jenkins.plugins.gitops.engine.apply.OrderCheck;
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
import io.jenkins.plugins.gitops.engine.parallel.Ahead;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
    private final Ahead<Standing, ClusterException> first;
    private boolean again;

    /**
     * @param rules that stand beside the manifests, besides those of the request
     * @param first for the first look; for every other one it is asked anew
     */
    Planning(
            SyncRequest request,
            ProgressListener progress,
            ReportBuilder report,
            DesiredState desired,
            IgnoreRules rules,
            Connection connection,
            ApplySet applySet,
            Ahead<Standing, ClusterException> first) {
        this.request = request;
        this.progress = progress;
        this.report = report;
        this.desired = desired;
        this.rules = rules;
        this.connection = connection;
        this.applySet = applySet;
        this.first = first;
    }

    /** Looks at the cluster and plans. */
    Observed observe(List<Manifest> manifests) throws BadInputException, ClusterException, InterruptedException {
        report.phase("observe");
        ObjectApi objects = new ObjectApi(connection.server());
        ApiResources resources = served(manifests);
        Standing standing = again ? Standing.look(objects, applySet) : first.get();
        again = true;
        InventoryStore store = standing.store();
        Inventory inventory = standing.inventory();
        report.lastSynced = inventory.revision();

        boolean deletion = request.command() == Command.DELETE;
        Map<Boolean, List<Manifest>> apart = manifests.stream()
                .filter(manifest -> !deletion || HookPlanner.isOfDeletion(manifest))
                .collect(Collectors.partitioningBy(HookPlanner::isApart));
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
        Set<ObjectId> hooksLeft = ConcurrentHashMap.newKeySet();
        hooksLeft.addAll(inventory.hooks().left());

        // The server makes its lists while it is worked out what to hold them against.
        MembersAhead members = new MembersAhead(
                new Members(objects, resources, applySet), inventory, kinds(apart.get(false), resources));
        members.begin();
        Declared declared;
        Observation seen;
        try {
            declared = resolve(apart.get(false), apart.get(true), resources, standing.namespaces());
            seen = planner.observe(
                    declared.targets(), request.command() == Command.SYNC ? health::assess : (id, live) -> {});
            Set<ObjectId> hookIds = declared.hooks().ids();
            members.handTo((id, live) -> {
                // A former member that Git has made a hook is cleared away before the hook runs.
                if (HookPlanner.isHook(live) || hookIds.contains(id)) {
                    hooksLeft.add(id);
                } else {
                    seen.see(id, live);
                }
            });
        } finally {
            members.close();
        }

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

    /** @param apart hooks, and what is left alone */
    private Declared resolve(List<Manifest> kept, List<Manifest> apart, ApiResources resources, Set<String> namespaces)
            throws BadInputException {
        if (namespaces != null
                && !namespaces.contains(applySet.namespace())
                && Stream.concat(kept.stream(), apart.stream())
                        .noneMatch(m -> m.kind().equals("Namespace") && m.name().equals(applySet.namespace()))) {
            report.problems.add(Problem.error(
                    null,
                    "namespace \"" + applySet.namespace() + "\", the home of the app, exists neither in Git nor in the"
                            + " cluster",
                    "declare it in Git, or name another one"));
        }
        TargetResolver resolver = new TargetResolver(resources, applySet, applySet.namespace(), namespaces);
        List<Target> targets = resolver.resolve(kept);
        HookPlanner hookPlanner = new HookPlanner(
                applySet, resolver, report.revision.commit(), Instant.now().getEpochSecond());
        HookPlan hooks = hookPlanner.plan(apart);
        report.problems.addAll(resolver.problems());
        resolver.problems().stream().filter(p -> !p.isError()).forEach(progress::warning);
        report.problems.addAll(IdentityClashes.find(Stream.concat(
                        targets.stream().map(Target::manifest),
                        apart.stream().map(manifest -> HookSurvey.inPlace(manifest, hooks)))
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
        // A kind may have come while Git was read.
        return complete ? resources : Discovery.discover(connection.server());
    }

    /** The kinds that Git declares and the cluster serves; those that only a CRD of this sync brings have no members. */
    private Map<ObjectId, ApiResource> kinds(List<Manifest> manifests, ApiResources resources) {
        Map<ObjectId, ApiResource> kinds = new HashMap<>();
        for (Manifest manifest : manifests) {
            resources.find(manifest.apiVersion(), manifest.kind()).ifPresent(kind -> {
                ObjectId id = manifest.id();
                String home = id.namespace().isEmpty() ? applySet.namespace() : id.namespace();
                kinds.put(id.inNamespace(kind.namespaced() ? home : ""), kind);
            });
        }
        return kinds;
    }
}
