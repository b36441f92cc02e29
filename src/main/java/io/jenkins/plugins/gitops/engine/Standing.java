package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import java.util.HashSet;
import java.util.Set;

/**
 * Where an app stands in the cluster, before its objects are looked at. It may be asked for early, while Git is read: who
 * writes makes sure that {@linkplain InventoryStore#isCurrent() nobody has written since}.
 *
 * @param inventory what was last synced
 * @param namespaces those that exist; {@code null} where the credential may not see them
 */
record Standing(InventoryStore store, Inventory inventory, Set<String> namespaces) {

    private static final ApiResource NAMESPACES =
            new ApiResource("", "v1", "Namespace", "namespaces", false, Set.of("list"));

    static Standing look(ObjectApi objects, ApplySet applySet) throws ClusterException, InterruptedException {
        InventoryStore store = new InventoryStore(objects, applySet);
        Inventory inventory = store.load();
        return new Standing(store, inventory, namespaces(objects));
    }

    private static Set<String> namespaces(ObjectApi objects) throws ClusterException, InterruptedException {
        Set<String> names = new HashSet<>();
        try {
            objects.listMetadata(
                    NAMESPACES,
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
}
