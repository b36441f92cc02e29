package io.jenkins.plugins.gitops.engine.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.Changes;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.inventory.Members;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Ahead;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.plan.HookPlanner;
import io.jenkins.plugins.gitops.engine.plan.LiveState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Says whether somebody has laid hands on an app's objects since its last sync, without Git and without reading a single
 * spec: each object's {@linkplain LiveState state} is held against the one that the sync remembered. The first probe lists
 * the metadata of each kind; a later one goes on from there with what has {@linkplain Changes changed} since, and lists a
 * kind again only where the server does not remember that far back.
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

    /** At once: each of them does little but wait until its kind is silent. */
    private static final int LISTENERS = 64;

    private final ApiServer server;
    private final ApplySet applySet;

    /**
     * @param server asked with the credential that it was connected with; without the right to list a kind in all
     *     namespaces it is listed in those of the app
     * @param applySet the app
     */
    private Probe(ApiServer server, ApplySet applySet) {
        this.server = server;
        this.applySet = applySet;
    }

    /** As {@link #run(ClusterAccess, String, String, Ahead)}, where it is known already what was seen. */
    public static ProbeResult run(ClusterAccess access, String app, String namespace, ProbeState before)
            throws ClusterException, InterruptedException {
        return run(access, app, namespace, new Ahead<>(() -> before));
    }

    /**
     * Looks, over a connection of its own.
     *
     * @param namespace the home of the app's inventory; {@code null} for the credential's default
     * @param before what an earlier probe of this app has seen; of another app or cluster it is of no use and does no harm
     * @throws ClusterException if the server cannot be reached or refuses, also where objects of the app may not be listed:
     *     then nothing can be told
     */
    public static ProbeResult run(
            ClusterAccess access, String app, String namespace, Ahead<ProbeState, RuntimeException> before)
            throws ClusterException, InterruptedException {
        try (ApiServer server = ApiServer.connect(access)) {
            String home = namespace == null ? server.defaultNamespace() : namespace;
            return new Probe(server, new ApplySet(app, home)).run(before);
        }
    }

    private ProbeResult run(Ahead<ProbeState, RuntimeException> before) throws ClusterException, InterruptedException {
        long requests = server.requests();
        long bytes = server.bytesReceived();
        ObjectApi objects = new ObjectApi(server);
        InventoryStore store = new InventoryStore(objects, applySet);
        Inventory inventory = store.load();
        ProbeState known = store.uid().equals(before.get().inventory()) ? before.get() : ProbeState.NONE;
        ProbeState now = inventory.exists() ? look(objects, inventory, store.uid(), known) : ProbeState.NONE;
        return new ProbeResult(
                inventory.exists(),
                inventory.revision(),
                findings(now, inventory),
                now.objects().size(),
                inventory.synced().size() - inventory.states().size(),
                server.requests() - requests,
                server.bytesReceived() - bytes,
                now);
    }

    private ProbeState look(ObjectApi objects, Inventory inventory, String uid, ProbeState known)
            throws ClusterException, InterruptedException {
        SortedMap<String, String> states = new ConcurrentSkipListMap<>(known.objects());
        SortedMap<String, String> kinds = new ConcurrentSkipListMap<>();
        Set<String> unseen = new ConcurrentSkipListSet<>();
        Parallel.forEach(List.copyOf(inventory.groupKinds()), LISTENERS, name -> {
            ProbeState.Seen seen = known.seen(name);
            String version = seen == null ? null : follow(objects, seen, inventory, states);
            if (version == null) {
                unseen.add(name);
            } else {
                kinds.put(name, ProbeState.Seen.text(seen.kind(), version));
            }
        });
        states.keySet().removeIf(key -> {
            String name = ProbeState.groupKind(key);
            return unseen.contains(name) || !inventory.groupKinds().contains(name);
        });
        if (!unseen.isEmpty()) {
            new Members(objects, Discovery.discover(server), applySet, true)
                    .list(inventory, unseen, (id, live) -> see(id, live, inventory, states))
                    .forEach((kind, version) -> kinds.put(kind.groupKind(), ProbeState.Seen.text(kind, version)));
        }
        return new ProbeState(uid, states, kinds);
    }

    /** The moment up to which it was followed; {@code null} where all of the kind must be listed. */
    private String follow(
            ObjectApi objects, ProbeState.Seen seen, Inventory inventory, SortedMap<String, String> states)
            throws ClusterException, InterruptedException {
        ApiResource kind = seen.kind();
        try {
            return objects.changes(Selection.of(kind, "", applySet.memberSelector()))
                    .since(seen.version(), new Changes.Listener() {
                        @Override
                        public void changed(ObjectNode object) {
                            ObjectId id = Members.id(kind, object);
                            if (Members.isMember(id, object, inventory)) {
                                see(id, object, inventory, states);
                            } else {
                                states.remove(ProbeState.key(id));
                            }
                        }

                        @Override
                        public void deleted(ObjectNode object) {
                            states.remove(ProbeState.key(Members.id(kind, object)));
                        }
                    });
        } catch (ApiException e) {
            if (e.isUnauthorized()) {
                throw e;
            }
            return null;
        }
    }

    private static void see(ObjectId id, ObjectNode live, Inventory inventory, SortedMap<String, String> states) {
        boolean hook = HookPlanner.isHook(live) || inventory.hooks().left().contains(id);
        if (hook && !inventory.synced().containsKey(id)) {
            states.remove(ProbeState.key(id));
        } else {
            states.put(ProbeState.key(id), LiveState.of(live));
        }
    }

    private static List<Finding> findings(ProbeState now, Inventory inventory) {
        List<Finding> findings = new ArrayList<>();
        Set<ObjectId> seen = new HashSet<>();
        now.objects().forEach((key, state) -> {
            ObjectId id = ProbeState.id(key);
            seen.add(id);
            String remembered = inventory.states().get(id);
            if (!inventory.synced().containsKey(id)) {
                findings.add(new Finding(id, Finding.What.EXTRA));
            } else if (remembered != null && !remembered.equals(state)) {
                findings.add(new Finding(id, Finding.What.CHANGED));
            }
        });
        for (ObjectId id : inventory.synced().keySet()) {
            if (!seen.contains(id)) {
                findings.add(new Finding(id, Finding.What.GONE));
            }
        }
        findings.sort(Comparator.comparing(Finding::id));
        return findings;
    }
}
