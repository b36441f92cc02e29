package io.jenkins.plugins.gitops.engine.inventory;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the parent object of an app's ApplySet says.
 *
 * @param exists whether there is a parent in the cluster; without one the members are found by their label alone
 * @param groupKinds kinds that may have members, as {@code Kind.group}
 * @param namespaces namespaces that may hold members, the home namespace left out
 * @param synced digest of each object as it was last synced
 * @param states digest of what the cluster's metadata said of each object when it was last known to be what Git declared;
 *     of fewer objects than {@code synced} after a sync that failed
 * @param revision the commit that was last synced in full; {@code null} before the first sync has ended
 * @param hooks what is remembered of the app's hooks
 */
public record Inventory(
        boolean exists,
        SortedSet<String> groupKinds,
        SortedSet<String> namespaces,
        Map<ObjectId, String> synced,
        Map<ObjectId, String> states,
        String revision,
        HookMemory hooks) {

    /** The inventory of an app that was never synced, or whose parent is lost. */
    public static final Inventory EMPTY =
            new Inventory(false, new TreeSet<>(), new TreeSet<>(), Map.of(), Map.of(), null, HookMemory.NONE);

    /** Widened by what is about to be written: whatever happens next, every member can be found again. */
    public Inventory widenedBy(Collection<ObjectId> objects, String homeNamespace) {
        SortedSet<String> kinds = new TreeSet<>(groupKinds);
        SortedSet<String> spaces = new TreeSet<>(namespaces);
        for (ObjectId id : objects) {
            kinds.add(id.groupKind());
            if (!id.namespace().isEmpty() && !id.namespace().equals(homeNamespace)) {
                spaces.add(id.namespace());
            }
        }
        return new Inventory(exists, kinds, spaces, synced, states, revision, hooks);
    }

    /**
     * The inventory of exactly these objects.
     *
     * @param objects every object that carries the mark
     * @param digests what was last synced of them
     * @param states what the cluster's metadata says of those that are what Git declares
     */
    public static Inventory of(
            Collection<ObjectId> objects,
            Map<ObjectId, String> digests,
            Map<ObjectId, String> states,
            String homeNamespace,
            String revision) {
        Inventory blank =
                new Inventory(true, new TreeSet<>(), new TreeSet<>(), digests, states, revision, HookMemory.NONE);
        return blank.widenedBy(objects, homeNamespace);
    }

    /** The same places and objects of hooks, of which nothing is known to have been synced. */
    Inventory beforeAnySync() {
        return new Inventory(
                exists,
                groupKinds,
                namespaces,
                EMPTY.synced,
                EMPTY.states,
                null,
                HookMemory.of(hooks.left(), EMPTY.hooks.digest()));
    }

    /** The same, with what is to be remembered of hooks. */
    public Inventory with(HookMemory memory) {
        return new Inventory(exists, groupKinds, namespaces, synced, states, revision, memory);
    }
}
