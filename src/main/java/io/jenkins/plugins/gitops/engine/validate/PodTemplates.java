package io.jenkins.plugins.gitops.engine.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Where a workload says what its Pods are. */
final class PodTemplates {

    private PodTemplates() {}

    /**
     * @param path of the Pod's spec
     * @param spec the spec; for a StatefulSet with its claims among the volumes
     * @param labels of the Pods
     */
    record Pod(String path, JsonNode spec, JsonNode labels) {}

    static Optional<Pod> of(JsonNode object, String group, String kind) {
        JsonNode spec = object.path("spec");
        String of = group + "/" + kind;
        return switch (of) {
            case "/Pod" -> pod("spec", spec, object.path("metadata"));
            case "/PodTemplate" -> template("template", object.path("template"));
            case "/ReplicationController", "apps/Deployment", "apps/ReplicaSet", "apps/DaemonSet", "batch/Job" ->
                template("spec.template", spec.path("template"));
            case "apps/StatefulSet" -> statefulSet(spec);
            case "batch/CronJob" ->
                template(
                        "spec.jobTemplate.spec.template",
                        spec.path("jobTemplate").path("spec").path("template"));
            default -> Optional.empty();
        };
    }

    private static Optional<Pod> template(String path, JsonNode template) {
        return pod(path + ".spec", template.path("spec"), template.path("metadata"));
    }

    private static Optional<Pod> pod(String path, JsonNode spec, JsonNode metadata) {
        return spec.isObject() ? Optional.of(new Pod(path, spec, metadata.path("labels"))) : Optional.empty();
    }

    private static Optional<Pod> statefulSet(JsonNode spec) {
        Optional<Pod> pod = template("spec.template", spec.path("template"));
        JsonNode claims = spec.path("volumeClaimTemplates");
        if (pod.isEmpty() || claims.isEmpty()) {
            return pod;
        }
        ObjectNode whole = pod.get().spec().deepCopy();
        ArrayNode volumes = whole.withArray("volumes");
        for (JsonNode claim : claims) {
            volumes.addObject().put("name", claim.path("metadata").path("name").asText());
        }
        return Optional.of(new Pod(pod.get().path(), whole, pod.get().labels()));
    }
}
