package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.health.LiveObject;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;
import java.util.Optional;

/** A cluster of which only these objects are known, such as those of a file. */
public record KnownObjects(List<ObjectNode> objects) implements HealthContext {

    public KnownObjects {
        objects = List.copyOf(objects);
    }

    @Override
    public Optional<ObjectNode> find(ObjectId id) {
        return objects.stream()
                .filter(object -> isKind(object, id.groupKind())
                        && Inbox.namespace(object).equals(id.namespace())
                        && Inbox.name(object).equals(id.name()))
                .findFirst();
    }

    @Override
    public List<ObjectNode> pods(ObjectNode workload) {
        LabelSelector selector = LabelSelector.of(workload);
        return objects.stream()
                .filter(object -> isKind(object, "Pod")
                        && Inbox.namespace(object).equals(Inbox.namespace(workload))
                        && selector.matches(object))
                .toList();
    }

    @Override
    public List<ObjectNode> peers(ObjectNode live) {
        String groupKind = new LiveObject(live).groupKind();
        return objects.stream().filter(object -> isKind(object, groupKind)).toList();
    }

    private static boolean isKind(ObjectNode object, String groupKind) {
        return new LiveObject(object).groupKind().equals(groupKind);
    }
}
