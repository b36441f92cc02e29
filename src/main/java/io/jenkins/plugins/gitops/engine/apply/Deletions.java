package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;

/** Deletes exactly the objects that were seen, and waits until those are gone that something holds back. */
final class Deletions {

    private static final long PAUSE_MILLIS = 250;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private record Going(ApiResource resource, String uid, String finalizers) {}

    private final ObjectApi objects;
    private final ProgressListener progress;
    private final Map<ObjectId, Going> going = new ConcurrentHashMap<>();

    Deletions(ObjectApi objects, ProgressListener progress) {
        this.objects = objects;
        this.progress = progress;
    }

    /**
     * @param resourceVersion {@code null} to accept later changes
     * @return whether it was there
     */
    boolean delete(ApiResource resource, ObjectId id, String uid, String resourceVersion)
            throws ClusterException, InterruptedException {
        Optional<ObjectNode> answer = objects.deleteAndTell(resource, id.namespace(), id.name(), uid, resourceVersion);
        // Where the object is answered rather than a status, finalizers or a grace period hold it back.
        answer.filter(object -> object.path("metadata").has("deletionTimestamp"))
                .ifPresent(object -> going.put(id, new Going(resource, uid, finalizers(object))));
        return answer.isPresent();
    }

    /** Something that was deleted does not go. */
    static final class Held extends Exception {
        private static final long serialVersionUID = 1L;

        Held(String message) {
            super(message);
        }
    }

    void requireGone(Duration timeout) throws Held, ClusterException, InterruptedException {
        if (!awaitGone(timeout)) {
            throw new Held(complaint());
        }
    }

    /** What is still there when the time is up. */
    String complaint() {
        Map.Entry<ObjectId, Going> first = going.entrySet().iterator().next();
        String held = first.getValue().finalizers();
        return first.getKey() + " is still being deleted" + (held.isEmpty() ? "" : "; finalizers hold it: " + held)
                + (going.size() > 1 ? " (and " + (going.size() - 1) + " more)" : "");
    }

    /** @return whether all of them are gone */
    boolean awaitGone(Duration timeout) throws ClusterException, InterruptedException {
        int total = going.size();
        long start = System.nanoTime();
        long lastWord = start;
        while (!going.isEmpty()) {
            Parallel.forEach(List.copyOf(going.entrySet()), this::look);
            if (going.isEmpty()) {
                break;
            }
            if (System.nanoTime() - start >= timeout.toNanos()) {
                return false;
            }
            if (System.nanoTime() - lastWord >= HEARTBEAT.toNanos()) {
                lastWord = System.nanoTime();
                progress.message("waiting: " + (total - going.size()) + " of " + total + " are gone; " + complaint());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    private void look(Map.Entry<ObjectId, Going> entry) throws ClusterException, InterruptedException {
        ObjectId id = entry.getKey();
        Optional<ObjectNode> live = objects.get(entry.getValue().resource(), id.namespace(), id.name());
        boolean there = live.isPresent()
                && live.get()
                        .path("metadata")
                        .path("uid")
                        .asText()
                        .equals(entry.getValue().uid());
        if (there) {
            going.put(
                    id, new Going(entry.getValue().resource(), entry.getValue().uid(), finalizers(live.get())));
        } else {
            going.remove(id);
        }
    }

    private static String finalizers(ObjectNode object) {
        StringJoiner joined = new StringJoiner(", ");
        object.path("metadata").path("finalizers").forEach(finalizer -> joined.add(finalizer.asText()));
        return joined.toString();
    }
}
