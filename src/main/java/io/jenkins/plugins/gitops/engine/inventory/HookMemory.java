package io.jenkins.plugins.gitops.engine.inventory;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is remembered of an app's hooks.
 *
 * @param left objects of hooks that may be in the cluster: written down before they are made, so that none is ever lost
 * @param digest of the hooks that ran in the last sync that went well; empty where there were none, and while or after a
 *     sync did not end well
 */
public record HookMemory(SortedSet<ObjectId> left, String digest) {

    public static final HookMemory NONE = new HookMemory(new TreeSet<>(), "");

    public static HookMemory of(Collection<ObjectId> left, String digest) {
        return new HookMemory(new TreeSet<>(left), digest);
    }
}
