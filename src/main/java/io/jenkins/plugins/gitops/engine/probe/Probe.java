package io.jenkins.plugins.gitops.engine.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.inventory.Members;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.HookPlanner;
import io.jenkins.plugins.gitops.engine.plan.LiveState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Says whether somebody has laid hands on an app's objects since its last sync, without Git and without reading a single
 * spec: one list of metadata per kind, each object's {@linkplain LiveState state} held against the one that the sync
 * remembered.
 *
 * <p>It finds every change of a value that Git declares, whoever made it; every field that a person or another applier has
 * added; every declared object that was deleted, or deleted and made again, or that has lost the app's mark; every object
 * with the app's mark that no sync has put there. It does not find what leaves no trace in metadata: the removal of a field
 * that Git does not declare, another value of one that the same manager had added before, a number of replicas that Git
 * leaves to its default. It leaves alone what controllers and status updates do. Nothing is written.
 *
 * <p>A finding is a reason to check for drift and no verdict: what a person has changed and changed back is still found,
 * since the field is that person's now. What a drift check calls added by hand stays a finding until the next sync, which
 * remembers it.
 */
public final class Probe {

    private final ApiServer server;
    private final ApplySet applySet;

    /**
     * @param server asked with the credential that it was connected with; without the right to list a kind in all
     *     namespaces it is listed in those of the app
     * @param applySet the app
     */
    public Probe(ApiServer server, ApplySet applySet) {
        this.server = server;
        this.applySet = applySet;
    }

    /**
     * What an app has now, for a caller that remembers by itself what it saw before.
     *
     * @param namespace the app's home; {@code null} for the credential's default
     * @return the state of each object that the app is known to have and that is there, by its name
     */
    public static ProbeState look(ClusterAccess access, String app, String namespace)
            throws ClusterException, InterruptedException {
        try (ApiServer server = ApiServer.connect(access)) {
            String home = namespace == null ? server.defaultNamespace() : namespace;
            return new Probe(server, new ApplySet(app, home)).look();
        }
    }

    private ProbeState look() throws ClusterException, InterruptedException {
        ObjectApi objects = new ObjectApi(server);
        Inventory inventory = new InventoryStore(objects, applySet).load();
        SortedMap<String, String> states = new ConcurrentSkipListMap<>();
        if (inventory.exists()) {
            list(objects, inventory, (id, live) -> {
                if (inventory.synced().containsKey(id)) {
                    states.put(id.toString(), LiveState.of(live));
                }
            });
        }
        return new ProbeState(new TreeMap<>(states));
    }

    private void list(ObjectApi objects, Inventory inventory, Members.Sink each)
            throws ClusterException, InterruptedException {
        new Members(objects, Discovery.discover(server), applySet, true).list(inventory, Map.of(), each);
    }

    /**
     * @throws ClusterException if the server cannot be reached or refuses, also where objects of the app may not be listed:
     *     then nothing can be told
     */
    public ProbeResult run() throws ClusterException, InterruptedException {
        long requests = server.requests();
        long bytes = server.bytesReceived();
        ObjectApi objects = new ObjectApi(server);
        Inventory inventory = new InventoryStore(objects, applySet).load();
        Set<ObjectId> seen = ConcurrentHashMap.newKeySet();
        Map<ObjectId, Finding> findings = new ConcurrentHashMap<>();
        if (inventory.exists()) {
            list(objects, inventory, (id, live) -> {
                seen.add(id);
                Finding.What what = what(id, live, inventory);
                if (what == null) {
                    findings.remove(id);
                } else {
                    findings.put(id, new Finding(id, what));
                }
            });
            for (ObjectId id : inventory.synced().keySet()) {
                if (!seen.contains(id)) {
                    findings.put(id, new Finding(id, Finding.What.GONE));
                }
            }
        }
        List<Finding> sorted = new ArrayList<>(findings.values());
        sorted.sort(Comparator.comparing(Finding::id));
        return new ProbeResult(
                inventory.exists(),
                inventory.revision(),
                sorted,
                seen.size(),
                inventory.synced().size() - inventory.states().size(),
                server.requests() - requests,
                server.bytesReceived() - bytes);
    }

    /** {@code null} where there is nothing to say. */
    private static Finding.What what(ObjectId id, ObjectNode live, Inventory inventory) {
        if (!inventory.synced().containsKey(id)) {
            boolean hook = HookPlanner.isHook(live) || inventory.hooks().left().contains(id);
            return hook ? null : Finding.What.EXTRA;
        }
        String state = inventory.states().get(id);
        return state == null || state.equals(LiveState.of(live)) ? null : Finding.What.CHANGED;
    }
}
