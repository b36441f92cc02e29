package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bound and not being changed; or waiting for its first pod, where its storage class says so. */
final class PersistentVolumeClaimRule implements HealthRule {

    /** Set by the scheduler as soon as a pod that uses the claim has a node. */
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    @Override
    public Set<String> groupKinds() {
        return Set.of("PersistentVolumeClaim");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        String phase = live.text("/status/phase");
        return switch (phase) {
            case "Bound" -> bound(live);
            case "Lost" -> Health.failed("its volume " + live.text("/spec/volumeName") + " is lost");
            case "" -> Health.progressing("waiting to be bound");
            default -> unbound(live, context, phase);
        };
    }

    private static Health unbound(LiveObject live, HealthContext context, String phase) {
        if (phase.equals("Pending") && live.annotation(SELECTED_NODE).isEmpty() && waitsForConsumer(live, context)) {
            return Health.healthy("not bound; its storage class waits for the first pod that uses it");
        }
        String storageClass = live.text("/spec/storageClassName");
        return Health.progressing("waiting to be bound, phase " + phase
                + (storageClass.isEmpty() ? "" : ", storage class " + storageClass));
    }

    private static boolean waitsForConsumer(LiveObject live, HealthContext context) {
        String name = live.text("/spec/storageClassName");
        return !name.isEmpty()
                && context.find(new ObjectId("storage.k8s.io", "StorageClass", "", name))
                        .filter(found ->
                                found.path("volumeBindingMode").asText("").equals("WaitForFirstConsumer"))
                        .isPresent();
    }

    /** A bound claim may still be growing or changing its attributes class. */
    private static Health bound(LiveObject live) {
        Conditions conditions = live.conditions();
        Optional<Condition> error =
                conditions.firstTrue(List.of("ControllerResizeError", "NodeResizeError", "ModifyVolumeError"));
        if (error.isPresent()) {
            return Health.degraded(error.get().explain("its volume cannot be changed"));
        }
        for (JsonNode status : live.at("/status/allocatedResourceStatuses")) {
            if (status.asText("").endsWith("Infeasible")) {
                return Health.degraded("its new size is refused: " + status.asText(""));
            }
        }
        Optional<Condition> changing = conditions.firstTrue(List.of("Resizing", "ModifyingVolume"));
        if (changing.isPresent()) {
            return Health.progressing(changing.get().explain("waiting for the change of its volume"));
        }
        // May wait for ever: an offline resize ends when the next pod mounts the volume.
        return conditions.ifTrue("FileSystemResizePending").isPresent()
                ? Health.healthy("bound; the file system grows when a pod next mounts it")
                : Health.healthy();
    }
}
