package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Looks up in the cluster what a health rule wants to know beyond the object itself, and remembers it for a while, so
 * that asking often costs little. What cannot be looked up (for want of a right, say) is left unknown: the verdict then
 * rests on the object alone. Several threads may ask.
 */
final class LiveContext implements HealthContext {

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final ObjectApi objects;
    private final ApiResources resources;
    private final Map<Object, Remembered<?>> answers = new ConcurrentHashMap<>();

    private record Remembered<T>(T answer, long nanoTime) {}

    /** A request to the cluster. */
    private interface Question<T> {
        T ask() throws ClusterException, InterruptedException;
    }

    LiveContext(ObjectApi objects, ApiResources resources) {
        this.objects = objects;
        this.resources = resources;
    }

    @Override
    public Optional<ObjectNode> find(ObjectId id) {
        Optional<ApiResource> kind = resources.findByGroupKind(id.groupKind());
        return kind.isEmpty()
                ? Optional.empty()
                : remembered(id, () -> objects.get(kind.get(), id.namespace(), id.name()), Optional::empty);
    }

    @Override
    public List<ObjectNode> pods(ObjectNode workload) {
        LabelSelector selector = LabelSelector.of(workload);
        String namespace = Inbox.namespace(workload);
        return selector.isEmpty()
                ? List.of()
                : remembered(
                        List.of(namespace, selector.query()), () -> list("Pod", namespace, selector.query()), List::of);
    }

    @Override
    public List<ObjectNode> peers(ObjectNode live) {
        String apiVersion = live.path("apiVersion").asText();
        String group = apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String groupKind = live.path("kind").asText() + group;
        return remembered(groupKind, () -> list(groupKind, "", null), List::of);
    }

    private List<ObjectNode> list(String groupKind, String namespace, String selector)
            throws ClusterException, InterruptedException {
        List<ObjectNode> found = new ArrayList<>();
        Optional<ApiResource> kind = resources.findByGroupKind(groupKind);
        if (kind.isPresent()) {
            objects.list(kind.get(), namespace, selector, found::add);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private <T> T remembered(Object key, Question<T> question, Supplier<T> unknown) {
        Remembered<?> before = answers.get(key);
        if (before != null && System.nanoTime() - before.nanoTime() < FRESH_NANOS) {
            return (T) before.answer();
        }
        T answer;
        try {
            answer = question.ask();
        } catch (ClusterException e) {
            answer = unknown.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown.get();
        }
        answers.put(key, new Remembered<>(answer, System.nanoTime()));
        return answer;
    }
}
