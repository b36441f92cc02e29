package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.inventory.Members;
import io.jenkins.plugins.gitops.engine.live.Followed;
import io.jenkins.plugins.gitops.engine.live.HealthFollower;
import io.jenkins.plugins.gitops.engine.live.KnownObjects;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Tells how healthy objects are, without syncing anything: those of a file as they stand there, or an app's, live. */
public final class HealthCheck {

    private final HealthPolicy policy;
    private final HealthRules rules;

    /** @throws BadInputException if an expression of the policy cannot be compiled */
    public HealthCheck(HealthPolicy policy) throws BadInputException {
        this.policy = policy;
        this.rules = HealthRules.standard().with(policy.expressions());
    }

    /** The objects of files, by their own status; what they refer to is looked for among them. */
    public HealthReport ofFiles(List<Manifest> objects) {
        KnownObjects known =
                new KnownObjects(objects.stream().map(Manifest::json).toList());
        List<HealthReport.Entry> entries = new ArrayList<>();
        for (Manifest object : objects) {
            Health health = rules.assess(object.json(), known);
            entries.add(new HealthReport.Entry(object.id(), object.apiVersion(), health));
        }
        return new HealthReport(entries);
    }

    /**
     * What an app has in the cluster, and what it had when it was last synced; waits for it where the policy says so.
     *
     * @param namespace the app's home; {@code null} for the credential's default
     * @throws BadInputException if there is no such app
     */
    public HealthReport ofApp(ClusterAccess access, String app, String namespace, ProgressListener progress)
            throws BadInputException, ClusterException, InterruptedException {
        AppName.check(app);
        try (ApiServer server = ApiServer.connect(access)) {
            ObjectApi objects = new ObjectApi(server);
            ApiResources resources = Discovery.discover(server);
            ApplySet set = new ApplySet(app, namespace == null ? server.defaultNamespace() : namespace);
            Inventory inventory = new InventoryStore(objects, set).load();
            if (!inventory.exists()) {
                throw new BadInputException(
                        "there is no app \"" + app + "\" in namespace \"" + set.namespace() + "\"",
                        "name it as its last sync did, and its home namespace with --namespace");
            }
            Map<ObjectId, ObjectNode> members = new ConcurrentHashMap<>();
            new Members(objects, resources, set).list(inventory, Map.of(), members::put);
            TreeSet<ObjectId> ids = new TreeSet<>(members.keySet());
            ids.addAll(inventory.synced().keySet());
            HealthFollower follower =
                    new HealthFollower(objects, resources, rules, progress, policy.pullGrace(), policy.logLines());
            members.values().forEach(follower::conceal);
            look(follower, ids, members, resources, set);
            return report(ids, follower.verdicts(), resources);
        }
    }

    private void look(
            HealthFollower follower,
            TreeSet<ObjectId> ids,
            Map<ObjectId, ObjectNode> members,
            ApiResources resources,
            ApplySet set)
            throws ClusterException, InterruptedException {
        if (!policy.await()) {
            follower.examine(ids, members);
            return;
        }
        List<Followed> followed = new ArrayList<>();
        for (ObjectId id : ids) {
            follower.assess(id, members.get(id));
            Optional<ApiResource> kind = resources.findByGroupKind(id.groupKind());
            kind.ifPresent(resource -> followed.add(new Followed(id, resource, set.memberSelector())));
        }
        follower.await(followed, policy.timeout());
    }

    private static HealthReport report(TreeSet<ObjectId> ids, Map<ObjectId, Health> verdicts, ApiResources resources) {
        Map<ObjectId, HealthReport.Entry> entries = new TreeMap<>();
        for (ObjectId id : ids) {
            String apiVersion = resources
                    .findByGroupKind(id.groupKind())
                    .map(ApiResource::apiVersion)
                    .orElse(id.group());
            entries.put(id, new HealthReport.Entry(id, apiVersion, verdicts.get(id)));
        }
        return new HealthReport(List.copyOf(entries.values()));
    }
}
