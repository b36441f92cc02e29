package io.jenkins.plugins.gitops.engine.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.Shown;
import io.jenkins.plugins.gitops.engine.schema.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * References that lead nowhere inside the repository. They may lead somewhere in the cluster, so they are warnings; and
 * none is told of a namespace of which the repository declares no object that could be meant, since then such objects
 * are evidently made elsewhere.
 */
final class References {

    private static final Set<String> WORKLOADS = Set.of(
            "/Pod",
            "/ReplicationController",
            "apps/Deployment",
            "apps/ReplicaSet",
            "apps/DaemonSet",
            "apps/StatefulSet",
            "batch/Job",
            "batch/CronJob");

    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<String, List<JsonNode>> podLabels = new HashMap<>();
    private final Set<String> namespaces = new HashSet<>();

    /** Names that makers of objects in this very repository will give, such as those of a SealedSecret. */
    private final Set<String> made = new HashSet<>();

    References(Collection<Manifest> manifests) {
        for (Manifest manifest : manifests) {
            String of = manifest.group() + "/" + manifest.kind();
            names.computeIfAbsent(of + "@" + manifest.namespace(), key -> new HashSet<>())
                    .add(manifest.name());
            if (of.equals("/Namespace")) {
                namespaces.add(manifest.name());
            }
            PodTemplates.of(manifest.json(), manifest.group(), manifest.kind()).ifPresent(pod -> podLabels
                    .computeIfAbsent(manifest.namespace(), key -> new ArrayList<>())
                    .add(pod.labels()));
            makes(manifest);
        }
    }

    /** Custom resources say in many ways what they make; most of all by their own name. */
    private void makes(Manifest manifest) {
        String group = manifest.group();
        boolean builtIn = group.isEmpty() || !group.contains(".") || group.endsWith(".k8s.io");
        if (builtIn) {
            return;
        }
        String at = "@" + manifest.namespace() + "/";
        made.add(at + manifest.name());
        for (String field : List.of("secretName", "name")) {
            for (String name : manifest.json().path("spec").findValuesAsText(field)) {
                made.add(at + name);
            }
        }
    }

    List<Finding> of(Manifest manifest) {
        List<Finding> findings = new ArrayList<>();
        JsonNode object = manifest.json();
        String namespace = manifest.namespace();
        PodTemplates.of(object, manifest.group(), manifest.kind()).ifPresent(pod -> pod(pod, namespace, findings));
        switch (manifest.group() + "/" + manifest.kind()) {
            case "/Service" -> service(object.path("spec"), namespace, findings);
            case "/ServiceAccount" ->
                each(object.path("imagePullSecrets"), "imagePullSecrets", "name", "/Secret", namespace, findings);
            case "autoscaling/HorizontalPodAutoscaler" ->
                target(object.path("spec").path("scaleTargetRef"), "spec.scaleTargetRef", namespace, findings);
            case "networking.k8s.io/Ingress" -> ingress(object.path("spec"), namespace, findings);
            case "rbac.authorization.k8s.io/RoleBinding", "rbac.authorization.k8s.io/ClusterRoleBinding" ->
                binding(object, namespace, findings);
            case "policy/PodDisruptionBudget" -> budget(object.path("spec"), namespace, findings);
            case "apps/StatefulSet" ->
                refer(object.path("spec").path("serviceName"), "spec.serviceName", "/Service", namespace, findings);
            default -> {
                // Refers to nothing that we know of.
            }
        }
        return findings;
    }

    private void pod(PodTemplates.Pod pod, String namespace, List<Finding> findings) {
        JsonNode spec = pod.spec();
        String path = pod.path();
        refer(spec.path("serviceAccountName"), path + ".serviceAccountName", "/ServiceAccount", namespace, findings);
        each(spec.path("imagePullSecrets"), path + ".imagePullSecrets", "name", "/Secret", namespace, findings);
        JsonNode volumes = spec.path("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            String at = path + ".volumes[" + i + "]";
            JsonNode volume = volumes.path(i);
            optional(volume.path("configMap"), at + ".configMap", "name", "/ConfigMap", namespace, findings);
            optional(volume.path("secret"), at + ".secret", "secretName", "/Secret", namespace, findings);
            refer(
                    volume.path("persistentVolumeClaim").path("claimName"),
                    at + ".persistentVolumeClaim.claimName",
                    "/PersistentVolumeClaim",
                    namespace,
                    findings);
            JsonNode sources = volume.path("projected").path("sources");
            for (int s = 0; s < sources.size(); s++) {
                String source = at + ".projected.sources[" + s + "]";
                optional(
                        sources.path(s).path("configMap"),
                        source + ".configMap",
                        "name",
                        "/ConfigMap",
                        namespace,
                        findings);
                optional(sources.path(s).path("secret"), source + ".secret", "name", "/Secret", namespace, findings);
            }
        }
        for (String list : List.of("initContainers", "containers")) {
            for (int i = 0; i < spec.path(list).size(); i++) {
                container(spec.path(list).path(i), path + "." + list + "[" + i + "]", namespace, findings);
            }
        }
    }

    private void container(JsonNode container, String path, String namespace, List<Finding> findings) {
        JsonNode env = container.path("env");
        for (int i = 0; i < env.size(); i++) {
            JsonNode from = env.path(i).path("valueFrom");
            String at = path + ".env[" + i + "].valueFrom";
            optional(from.path("configMapKeyRef"), at + ".configMapKeyRef", "name", "/ConfigMap", namespace, findings);
            optional(from.path("secretKeyRef"), at + ".secretKeyRef", "name", "/Secret", namespace, findings);
        }
        JsonNode envFrom = container.path("envFrom");
        for (int i = 0; i < envFrom.size(); i++) {
            String at = path + ".envFrom[" + i + "]";
            optional(
                    envFrom.path(i).path("configMapRef"),
                    at + ".configMapRef",
                    "name",
                    "/ConfigMap",
                    namespace,
                    findings);
            optional(envFrom.path(i).path("secretRef"), at + ".secretRef", "name", "/Secret", namespace, findings);
        }
    }

    private void service(JsonNode spec, String namespace, List<Finding> findings) {
        JsonNode selector = spec.path("selector");
        List<JsonNode> pods = podLabels.getOrDefault(namespace, List.of());
        if (selector.isObject()
                && !selector.isEmpty()
                && !spec.path("type").asText().equals("ExternalName")
                && !pods.isEmpty()
                && pods.stream().noneMatch(labels -> Selectors.matchesMap(selector, labels))
                && !mayBeMade(selector, namespace)) {
            findings.add(new Finding(
                    "spec.selector",
                    "spec.selector matches no Pod that the repository declares",
                    "compare it with the labels of the Pods' template"));
        }
    }

    /** Operators make Pods that carry the name of the object that asks for them. */
    private boolean mayBeMade(JsonNode selector, String namespace) {
        for (JsonNode value : selector) {
            if (made.contains("@" + namespace + "/" + value.asText())) {
                return true;
            }
        }
        return false;
    }

    private void budget(JsonNode spec, String namespace, List<Finding> findings) {
        JsonNode selector = spec.path("selector");
        List<JsonNode> pods = podLabels.getOrDefault(namespace, List.of());
        if (selector.isObject()
                && !pods.isEmpty()
                && pods.stream().noneMatch(labels -> Selectors.matches(selector, labels))
                && !mayBeMade(selector.path("matchLabels"), namespace)) {
            findings.add(new Finding(
                    "spec.selector",
                    "spec.selector matches no Pod that the repository declares",
                    "compare it with the labels of the Pods' template"));
        }
    }

    private void target(JsonNode target, String path, String namespace, List<Finding> findings) {
        String apiVersion = target.path("apiVersion").asText("");
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String of = group + "/" + target.path("kind").asText();
        if (WORKLOADS.contains(of)) {
            refer(target.path("name"), path + ".name", of, namespace, findings);
        }
    }

    private void ingress(JsonNode spec, String namespace, List<Finding> findings) {
        JsonNode byDefault = spec.path("defaultBackend").path("service").path("name");
        refer(byDefault, "spec.defaultBackend.service.name", "/Service", namespace, findings);
        JsonNode rules = spec.path("rules");
        for (int r = 0; r < rules.size(); r++) {
            JsonNode paths = rules.path(r).path("http").path("paths");
            for (int p = 0; p < paths.size(); p++) {
                refer(
                        paths.path(p).path("backend").path("service").path("name"),
                        "spec.rules[" + r + "].http.paths[" + p + "].backend.service.name",
                        "/Service",
                        namespace,
                        findings);
            }
        }
    }

    private void binding(JsonNode object, String namespace, List<Finding> findings) {
        JsonNode role = object.path("roleRef");
        String kind = role.path("kind").asText();
        if (kind.equals("Role")) {
            refer(role.path("name"), "roleRef.name", "rbac.authorization.k8s.io/Role", namespace, findings);
        }
        JsonNode subjects = object.path("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            JsonNode subject = subjects.path(i);
            if (subject.path("kind").asText().equals("ServiceAccount")) {
                refer(
                        subject.path("name"),
                        "subjects[" + i + "].name",
                        "/ServiceAccount",
                        subject.path("namespace").asText(namespace),
                        findings);
            }
        }
    }

    private void each(JsonNode list, String path, String field, String of, String namespace, List<Finding> findings) {
        for (int i = 0; i < list.size(); i++) {
            refer(list.path(i).path(field), path + "[" + i + "]." + field, of, namespace, findings);
        }
    }

    private void optional(
            JsonNode source, String path, String field, String of, String namespace, List<Finding> findings) {
        if (!source.path("optional").asBoolean()) {
            refer(source.path(field), path + "." + field, of, namespace, findings);
        }
    }

    private void refer(JsonNode name, String path, String of, String namespace, List<Finding> findings) {
        String wanted = name.asText("");
        if (wanted.isEmpty() || isWellKnown(of, wanted) || made.contains("@" + namespace + "/" + wanted)) {
            return;
        }
        Set<String> declared = names.get(of + "@" + namespace);
        // Of a kind that the repository does not declare there, all are made elsewhere: secrets most of all.
        boolean elsewhere = declared == null && of.equals("/Secret") || !isDeclaredHere(namespace);
        if (!elsewhere && (declared == null || !declared.contains(wanted))) {
            String kind = of.substring(of.indexOf('/') + 1);
            findings.add(new Finding(
                    path,
                    path + " " + Shown.quoted(wanted) + ": the repository declares no such " + kind
                            + (namespace.isEmpty() ? "" : " in namespace " + namespace),
                    "check the name, or declare it"));
        }
    }

    private boolean isDeclaredHere(String namespace) {
        // The system's own namespaces hold much that no repository declares.
        return !namespace.startsWith("kube-")
                && (namespace.isEmpty() || namespaces.contains(namespace) || podLabels.containsKey(namespace));
    }

    private static boolean isWellKnown(String of, String name) {
        return of.equals("/ServiceAccount") && name.equals("default")
                || of.equals("/ConfigMap") && name.equals("kube-root-ca.crt")
                || of.endsWith("/Role") && name.startsWith("system:");
    }
}
