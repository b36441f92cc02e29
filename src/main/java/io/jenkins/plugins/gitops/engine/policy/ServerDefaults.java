package io.jenkins.plugins.gitops.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cel.Quantity;
import io.jenkins.plugins.gitops.engine.schema.KindSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an API server has made of an object when a policy sees it: defaults set, quantities in their canonical form,
 * and fields gone that say nothing. Of the built-in kinds that people have policies for; a test holds it against a
 * server's answers.
 */
final class ServerDefaults {

    /** Maps of quantities. */
    private static final Set<String> QUANTITIES = Set.of("limits", "requests", "hard", "capacity", "overhead");

    /** Fields that are not there where they are false, empty or 0; the others have a null for that. */
    private static final Set<String> OMITTED = Set.of(
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "stdin",
            "stdinOnce",
            "tty",
            "readOnly",
            "paused",
            "minReadySeconds",
            "publishNotReadyAddresses",
            "hostPort",
            "nodePort",
            "startupProbe",
            "deletionProtection",
            "subPath");

    private ServerDefaults() {}

    /** A changed copy. */
    static ObjectNode applied(ObjectNode object, KindSchema kind) {
        ObjectNode copy = object.deepCopy();
        if (kind.custom()) {
            kind.schema().applyDefaults(copy);
            return copy;
        }
        tidy(copy);
        ObjectNode spec = copy.path("spec") instanceof ObjectNode own ? own : null;
        switch (kind.group() + "/" + kind.kind()) {
            case "/Pod" -> pod(copy);
            case "apps/Deployment" -> deployment(spec);
            case "apps/StatefulSet" -> statefulSet(spec);
            case "apps/DaemonSet" -> daemonSet(spec);
            case "apps/ReplicaSet", "/ReplicationController" -> {
                put(spec, "replicas", 1);
                template(spec);
            }
            case "batch/Job" -> job(spec);
            case "batch/CronJob" -> cronJob(spec);
            case "/Service" -> service(spec);
            case "/Secret" -> put(copy, "type", "Opaque");
            case "/PersistentVolumeClaim" -> put(spec, "volumeMode", "Filesystem");
            case "/Namespace" -> namespace(copy);
            case "autoscaling/HorizontalPodAutoscaler" -> put(spec, "minReplicas", 1);
            case "networking.k8s.io/NetworkPolicy" -> networkPolicy(spec);
            case "rbac.authorization.k8s.io/RoleBinding", "rbac.authorization.k8s.io/ClusterRoleBinding" ->
                binding(copy);
            case "storage.k8s.io/StorageClass" -> {
                put(copy, "reclaimPolicy", "Delete");
                put(copy, "volumeBindingMode", "Immediate");
            }
            default -> {
                // No default that a policy is likely to ask for.
            }
        }
        return copy;
    }

    private static void deployment(ObjectNode spec) {
        if (spec == null) {
            return;
        }
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = child(spec, "strategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = child(strategy, "rollingUpdate");
            put(rolling, "maxUnavailable", "25%");
            put(rolling, "maxSurge", "25%");
        }
        template(spec);
    }

    private static void statefulSet(ObjectNode spec) {
        if (spec == null) {
            return;
        }
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = child(spec, "updateStrategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            put(child(strategy, "rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = child(spec, "persistentVolumeClaimRetentionPolicy");
        put(retention, "whenDeleted", "Retain");
        put(retention, "whenScaled", "Retain");
        for (ObjectNode claim : objects(spec, "volumeClaimTemplates")) {
            put(claim, "apiVersion", "v1");
            put(claim, "kind", "PersistentVolumeClaim");
            put(child(claim, "spec"), "volumeMode", "Filesystem");
        }
        template(spec);
    }

    private static void daemonSet(ObjectNode spec) {
        if (spec == null) {
            return;
        }
        put(spec, "revisionHistoryLimit", 10);
        ObjectNode strategy = child(spec, "updateStrategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = child(strategy, "rollingUpdate");
            put(rolling, "maxUnavailable", 1);
            put(rolling, "maxSurge", 0);
        }
        template(spec);
    }

    private static void job(ObjectNode spec) {
        if (spec == null) {
            return;
        }
        if (!spec.has("completions") && !spec.has("parallelism")) {
            put(spec, "completions", 1);
        }
        put(spec, "parallelism", 1);
        put(spec, "backoffLimit", 6);
        put(spec, "completionMode", "NonIndexed");
        put(spec, "podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        put(spec, "suspend", false);
        put(spec, "manualSelector", false);
        template(spec);
    }

    private static void cronJob(ObjectNode spec) {
        if (spec == null) {
            return;
        }
        put(spec, "concurrencyPolicy", "Allow");
        put(spec, "suspend", false);
        put(spec, "successfulJobsHistoryLimit", 3);
        put(spec, "failedJobsHistoryLimit", 1);
        if (spec.path("jobTemplate").path("spec") instanceof ObjectNode job) {
            template(job);
        }
    }

    private static void service(ObjectNode spec) {
        if (spec == null) {
            return;
        }
        put(spec, "sessionAffinity", "None");
        put(spec, "type", "ClusterIP");
        String type = spec.path("type").asText();
        for (ObjectNode port : objects(spec, "ports")) {
            put(port, "protocol", "TCP");
            if (!port.has("targetPort") && port.has("port")) {
                port.set("targetPort", port.get("port"));
            }
        }
        if (!type.equals("ExternalName")) {
            put(spec, "internalTrafficPolicy", "Cluster");
        }
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            put(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            put(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    private static void namespace(ObjectNode object) {
        String name = object.path("metadata").path("name").asText();
        object.withObject("/metadata/labels").put("kubernetes.io/metadata.name", name);
        ObjectNode spec = child(object, "spec");
        if (!spec.has("finalizers")) {
            spec.putArray("finalizers").add("kubernetes");
        }
    }

    private static void networkPolicy(ObjectNode spec) {
        if (spec != null && !spec.has("policyTypes")) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (spec.has("egress")) {
                types.add("Egress");
            }
        }
    }

    private static void binding(ObjectNode object) {
        put(child(object, "roleRef"), "apiGroup", "rbac.authorization.k8s.io");
        for (ObjectNode subject : objects(object, "subjects")) {
            if (!subject.path("kind").asText().equals("ServiceAccount")) {
                put(subject, "apiGroup", "rbac.authorization.k8s.io");
            }
        }
    }

    private static void template(ObjectNode owner) {
        if (owner != null && owner.path("template").path("spec") instanceof ObjectNode spec) {
            podSpec(spec);
        }
    }

    private static void pod(ObjectNode pod) {
        if (!(pod.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        podSpec(spec);
        put(spec, "enableServiceLinks", true);
        put(spec, "priority", 0);
        put(spec, "preemptionPolicy", "PreemptLowerPriority");
        put(spec, "serviceAccountName", "default");
        put(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        for (ObjectNode container : containers(spec)) {
            if (container.path("resources").path("limits") instanceof ObjectNode limits) {
                ObjectNode requests = child(child(container, "resources"), "requests");
                limits.properties().forEach(limit -> {
                    if (!requests.has(limit.getKey())) {
                        requests.set(limit.getKey(), limit.getValue());
                    }
                });
            }
        }
    }

    private static void podSpec(ObjectNode spec) {
        put(spec, "restartPolicy", "Always");
        put(spec, "terminationGracePeriodSeconds", 30);
        put(spec, "dnsPolicy", "ClusterFirst");
        put(spec, "schedulerName", "default-scheduler");
        child(spec, "securityContext");
        if (spec.has("serviceAccountName")) {
            put(spec, "serviceAccount", spec.get("serviceAccountName").asText());
        } else if (spec.has("serviceAccount")) {
            put(spec, "serviceAccountName", spec.get("serviceAccount").asText());
        }
        for (ObjectNode container : containers(spec)) {
            container(container, spec.path("hostNetwork").asBoolean());
        }
        for (ObjectNode volume : objects(spec, "volumes")) {
            volume(volume);
        }
    }

    private static List<ObjectNode> containers(ObjectNode spec) {
        List<ObjectNode> all = new ArrayList<>();
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            all.addAll(objects(spec, list));
        }
        return all;
    }

    private static void container(ObjectNode container, boolean hostNetwork) {
        String image = container.path("image").asText("");
        put(container, "imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent");
        put(container, "terminationMessagePath", "/dev/termination-log");
        put(container, "terminationMessagePolicy", "File");
        child(container, "resources");
        for (ObjectNode port : objects(container, "ports")) {
            put(port, "protocol", "TCP");
            if (hostNetwork && port.has("containerPort") && !port.has("hostPort")) {
                port.set("hostPort", port.get("containerPort"));
            }
        }
        for (ObjectNode env : objects(container, "env")) {
            if (env.path("valueFrom").path("fieldRef") instanceof ObjectNode field) {
                put(field, "apiVersion", "v1");
            }
        }
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.path(name) instanceof ObjectNode probe) {
                put(probe, "timeoutSeconds", 1);
                put(probe, "periodSeconds", 10);
                put(probe, "successThreshold", 1);
                put(probe, "failureThreshold", 3);
                if (probe.path("httpGet") instanceof ObjectNode get) {
                    put(get, "path", "/");
                    put(get, "scheme", "HTTP");
                }
            }
        }
    }

    private static boolean isLatest(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return !last.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
    }

    private static void volume(ObjectNode volume) {
        if (volume.size() == 1) {
            child(volume, "emptyDir");
        }
        for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
            if (volume.path(source) instanceof ObjectNode own) {
                put(own, "defaultMode", 420);
            }
        }
        if (volume.path("hostPath") instanceof ObjectNode host) {
            put(host, "type", "");
        }
    }

    /** Takes away what a typed object does not hold, and writes quantities as the server does. */
    private static void tidy(ObjectNode object) {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            boolean says = !value.isNull()
                    && !(OMITTED.contains(field.getKey()) && saysNothing(value))
                    && !(value.isArray() && value.isEmpty())
                    && !(value.isEmpty()
                            && (field.getKey().equals("labels")
                                    || field.getKey().equals("annotations")));
            if (!says) {
                gone.add(field.getKey());
            } else if (value instanceof ObjectNode child && QUANTITIES.contains(field.getKey())) {
                quantities(child);
            } else if (field.getKey().equals("sizeLimit")) {
                field.setValue(quantity(value));
            } else {
                tidy(value);
            }
        }
        object.remove(gone);
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isBoolean() && !value.booleanValue()
                || value.isNumber() && value.asLong() == 0
                || value.isTextual() && value.textValue().isEmpty();
    }

    private static void tidy(JsonNode value) {
        if (value instanceof ObjectNode object) {
            tidy(object);
        } else if (value.isArray()) {
            value.forEach(ServerDefaults::tidy);
        }
    }

    private static void quantities(ObjectNode map) {
        map.properties().forEach(entry -> entry.setValue(quantity(entry.getValue())));
    }

    private static JsonNode quantity(JsonNode value) {
        return Quantity.parse(value.asText())
                .<JsonNode>map(quantity -> com.fasterxml.jackson.databind.node.TextNode.valueOf(quantity.toString()))
                .orElse(value);
    }

    private static List<ObjectNode> objects(ObjectNode parent, String list) {
        List<ObjectNode> objects = new ArrayList<>();
        if (parent.path(list).isArray()) {
            parent.path(list).forEach(item -> {
                if (item instanceof ObjectNode object) {
                    objects.add(object);
                }
            });
        }
        return objects;
    }

    private static ObjectNode child(ObjectNode parent, String field) {
        return parent.path(field) instanceof ObjectNode own ? own : parent.putObject(field);
    }

    private static void put(ObjectNode object, String field, int value) {
        if (object != null && !object.has(field)) {
            object.set(field, IntNode.valueOf(value));
        }
    }

    private static void put(ObjectNode object, String field, String value) {
        if (object != null && !object.has(field)) {
            object.put(field, value);
        }
    }

    private static void put(ObjectNode object, String field, boolean value) {
        if (object != null && !object.has(field)) {
            object.put(field, value);
        }
    }
}
