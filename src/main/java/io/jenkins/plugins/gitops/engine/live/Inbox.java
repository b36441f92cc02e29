package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Where the watches put what they learn, and where the one who waits takes it from. */
final class Inbox {

    private final Map<ObjectId, ObjectNode> objects = new HashMap<>();
    private final Set<ObjectId> known = new HashSet<>();
    private final Map<String, Map<String, ObjectNode>> pods = new HashMap<>();
    private final Map<Object, ClusterException> troubles = new HashMap<>();
    private Set<ObjectId> changed = new HashSet<>();
    private Set<String> changedPods = new HashSet<>();
    private Exception failure;

    /**
     * What is new.
     *
     * @param objects objects that have changed or are gone
     * @param pods namespaces in which pods have
     */
    record News(Set<ObjectId> objects, Set<String> pods) {}

    /** Waits until there is something new, or the time is up. */
    synchronized News take(long millis) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis;
                left > 0 && changed.isEmpty() && changedPods.isEmpty() && failure == null;
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) {
            wait(left);
        }
        if (failure instanceof ClusterException refused) {
            throw refused;
        }
        if (failure != null) {
            throw new IllegalStateException("following the objects failed", failure);
        }
        News news = new News(changed, changedPods);
        changed = new HashSet<>();
        changedPods = new HashSet<>();
        return news;
    }

    /** An object as it was last seen; empty where it is not there. */
    synchronized Optional<ObjectNode> object(ObjectId id) {
        return Optional.ofNullable(objects.get(id));
    }

    /** Whether it is known if the object is there. */
    synchronized boolean isKnown(ObjectId id) {
        return known.contains(id);
    }

    /** The pods of a namespace that are followed. */
    synchronized List<ObjectNode> pods(String namespace) {
        return List.copyOf(pods.getOrDefault(namespace, Map.of()).values());
    }

    /** Why something cannot be learned at the moment. */
    synchronized Optional<ClusterException> trouble() {
        return troubles.values().stream().findFirst();
    }

    /** @param object {@code null} where it is gone */
    synchronized void put(ObjectId id, ObjectNode object) {
        if (object == null) {
            objects.remove(id);
        } else {
            objects.put(id, lean(object));
        }
        known.add(id);
        changed.add(id);
        notifyAll();
    }

    synchronized void putPods(Collection<ObjectNode> all) {
        changedPods.addAll(pods.keySet());
        pods.clear();
        all.forEach(this::keep);
        notifyAll();
    }

    synchronized void putPods(String namespace, Collection<ObjectNode> all) {
        pods.remove(namespace);
        changedPods.add(namespace);
        all.forEach(this::keep);
        notifyAll();
    }

    synchronized void putPod(ObjectNode pod) {
        keep(pod);
        notifyAll();
    }

    synchronized void removePod(ObjectNode pod) {
        String namespace = namespace(pod);
        pods.getOrDefault(namespace, new HashMap<>()).remove(name(pod));
        changedPods.add(namespace);
        notifyAll();
    }

    /** @param why {@code null} where it is over */
    synchronized void trouble(Object source, ClusterException why) {
        if (why == null) {
            troubles.remove(source);
        } else {
            troubles.put(source, why);
        }
    }

    synchronized void fail(Exception why) {
        failure = why;
        notifyAll();
    }

    private void keep(ObjectNode pod) {
        String namespace = namespace(pod);
        pods.computeIfAbsent(namespace, any -> new HashMap<>()).put(name(pod), lean(pod));
        changedPods.add(namespace);
    }

    /** No rule reads it, and it is often the larger half. */
    private static ObjectNode lean(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return object;
    }

    static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asText("");
    }

    static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }
}
