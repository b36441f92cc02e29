package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rule may know of the cluster beyond the object itself. Each answer may be empty because nobody looked: the
 * verdict is then what the object alone tells.
 */
@FunctionalInterface
public interface HealthContext {

    /** Knows nothing but the time. */
    HealthContext NONE = id -> Optional.empty();

    /**
     * An object that the assessed one refers to: the StorageClass of a PersistentVolumeClaim.
     *
     * @return as the API server returned it; empty where it does not exist or is not known
     */
    Optional<ObjectNode> find(ObjectId id);

    /**
     * The pods that match a workload's {@code spec.selector} in its namespace. They tell why a Deployment does not
     * come up, which its own status does not.
     */
    default List<ObjectNode> pods(ObjectNode workload) {
        return List.of();
    }

    /** The objects of the same kind in every namespace, for an Ingress; the object itself may be among them. */
    default List<ObjectNode> peers(ObjectNode live) {
        return List.of();
    }

    /** A few verdicts change with time alone (a pod that is not scheduled, an Ingress without an address): ask again. */
    default Instant now() {
        return Instant.now();
    }
}
