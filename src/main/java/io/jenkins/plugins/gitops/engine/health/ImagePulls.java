package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which containers of a pod have no image because it cannot be pulled. */
public final class ImagePulls {

    /** The kubelet's reasons, all of them tried again for ever. */
    private static final Set<String> REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");

    private ImagePulls() {}

    /**
     * A container whose status is reported.
     *
     * @param image as the pod declares it
     * @param failing whether it waits for an image that could not be pulled
     */
    public record Container(String name, String image, boolean failing) {}

    /** The containers and init containers of a pod. */
    public static List<Container> containers(ObjectNode pod) {
        Map<String, String> images = new HashMap<>();
        for (String list : new String[] {"/spec/initContainers", "/spec/containers"}) {
            for (JsonNode container : pod.at(list)) {
                images.put(
                        container.path("name").asText(), container.path("image").asText());
            }
        }
        List<Container> containers = new ArrayList<>();
        for (String list : new String[] {"/status/initContainerStatuses", "/status/containerStatuses"}) {
            for (JsonNode status : pod.at(list)) {
                String name = status.path("name").asText();
                boolean failing =
                        REASONS.contains(status.at("/state/waiting/reason").asText(""));
                containers.add(new Container(name, images.getOrDefault(name, ""), failing));
            }
        }
        return containers;
    }
}
