package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import java.util.List;
import java.util.Set;

/**
 * Follows the pods of workloads. They only explain: where the credential may not see them, or they cannot be learned
 * at the moment, the verdict rests on the workload alone.
 */
final class PodChannel implements Channel {

    private final Inbox inbox;
    private final ApiResource pods;
    private final String labels;
    private final Set<String> namespaces;

    /** @param labels a label selector that finds at least the pods of the workloads; {@code null} for all pods */
    PodChannel(Inbox inbox, ApiResource pods, String labels, Set<String> namespaces) {
        this.inbox = inbox;
        this.pods = pods;
        this.labels = labels;
        this.namespaces = Set.copyOf(namespaces);
    }

    private String namespace() {
        return namespaces.size() == 1 ? namespaces.iterator().next() : "";
    }

    @Override
    public Selection selection() {
        return Selection.of(pods, namespace(), labels);
    }

    @Override
    public List<PodChannel> split() {
        return namespaces.size() == 1
                ? List.of()
                : namespaces.stream()
                        .map(namespace -> new PodChannel(inbox, pods, labels, Set.of(namespace)))
                        .toList();
    }

    @Override
    public boolean look(ObjectApi objects, ApiException why) {
        return false;
    }

    @Override
    public void listed(List<ObjectNode> objects) {
        if (namespace().isEmpty()) {
            inbox.putPods(objects);
        } else {
            inbox.putPods(namespace(), objects);
        }
    }

    @Override
    public void changed(ObjectNode pod) {
        inbox.putPod(pod);
    }

    @Override
    public void deleted(ObjectNode pod) {
        inbox.removePod(pod);
    }

    @Override
    public void watching() {}

    @Override
    public void troubled(ClusterException why) {}

    @Override
    public void failed(Exception why) {
        if (why instanceof RuntimeException) {
            inbox.fail(why);
        }
    }
}
