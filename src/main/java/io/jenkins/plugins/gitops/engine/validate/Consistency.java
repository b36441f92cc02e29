package io.jenkins.plugins.gitops.engine.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Shown;
import io.jenkins.plugins.gitops.engine.schema.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an API server refuses although each field is sound: a part of an object that does not fit another one. */
final class Consistency {

    private static final Set<String> SELECTING = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

    private final List<Finding> findings = new ArrayList<>();

    private Consistency() {}

    static List<Finding> check(JsonNode object, String group, String kind) {
        Consistency check = new Consistency();
        PodTemplates.of(object, group, kind).ifPresent(pod -> check.pod(pod.path(), pod.spec()));
        if (group.equals("apps") && SELECTING.contains(kind)) {
            check.selector(object.path("spec"));
        }
        return check.findings;
    }

    private void selector(JsonNode spec) {
        JsonNode selector = spec.path("selector");
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (selector.isObject() && spec.path("template").isObject() && !Selectors.matches(selector, labels)) {
            add(
                    "spec.selector",
                    "spec.selector does not match the labels of spec.template",
                    "the labels of the template have to hold what the selector asks for");
        }
    }

    private void pod(String path, JsonNode spec) {
        Set<String> volumes = new HashSet<>();
        named(spec.path("volumes"), path + ".volumes", volumes);
        // The claims of a StatefulSet are volumes of its Pods, which the caller has put beside them.
        Set<String> containers = new HashSet<>();
        for (String list : List.of("initContainers", "containers")) {
            named(spec.path(list), path + "." + list, containers);
            for (int i = 0; i < spec.path(list).size(); i++) {
                container(spec.path(list).path(i), path + "." + list + "[" + i + "]", volumes);
            }
        }
    }

    private void named(JsonNode list, String path, Set<String> names) {
        for (int i = 0; i < list.size(); i++) {
            String name = list.path(i).path("name").asText("");
            if (!name.isEmpty() && !names.add(name)) {
                add(path + "[" + i + "].name", path + "[" + i + "].name " + Shown.quoted(name) + " is used twice", "");
            }
        }
    }

    private void container(JsonNode container, String path, Set<String> volumes) {
        for (String field : List.of("volumeMounts", "volumeDevices")) {
            JsonNode mounts = container.path(field);
            for (int i = 0; i < mounts.size(); i++) {
                String name = mounts.path(i).path("name").asText("");
                if (!name.isEmpty() && !volumes.contains(name)) {
                    String at = path + "." + field + "[" + i + "].name";
                    add(at, at + " " + Shown.quoted(name) + " is no volume of the Pod", "declare it under volumes");
                }
            }
        }
        JsonNode resources = container.path("resources");
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            JsonNode limit = resources.path("limits").path(request.getKey());
            if (limit.isValueNode()
                    && request.getValue().isValueNode()
                    && Selectors.exceeds(request.getValue().asText(), limit.asText())) {
                String at = path + ".resources.requests." + request.getKey();
                add(at, at + " " + request.getValue().asText() + " is more than the limit " + limit.asText(), "");
            }
        }
    }

    private void add(String path, String message, String advice) {
        findings.add(new Finding(path, message, advice));
    }
}
