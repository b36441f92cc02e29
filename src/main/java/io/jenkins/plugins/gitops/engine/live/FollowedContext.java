package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;
import java.util.Optional;

/** What the watches of a wait have learned, and the cluster for the rest. */
record FollowedContext(Inbox inbox, HealthContext cluster) implements HealthContext {

    @Override
    public Optional<ObjectNode> find(ObjectId id) {
        return cluster.find(id);
    }

    @Override
    public List<ObjectNode> pods(ObjectNode workload) {
        LabelSelector selector = LabelSelector.of(workload);
        return inbox.pods(Inbox.namespace(workload)).stream()
                .filter(selector::matches)
                .toList();
    }

    @Override
    public List<ObjectNode> peers(ObjectNode live) {
        return cluster.peers(live);
    }
}
