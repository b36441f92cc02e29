package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings manifests and what the cluster serves together: each gets its kind, its namespace and the app's mark. What is
 * wrong with any of them is collected.
 */
public final class TargetResolver {

    private static final Set<String> ALL_VERBS = Set.of("get", "list", "patch", "create", "update", "delete", "watch");

    private final ApiResources served;
    private final String mark;
    private final String defaultNamespace;
    private final Set<String> liveNamespaces;
    private final Map<String, ApiResource> defined = new HashMap<>();
    private final Set<String> declaredNamespaces = new HashSet<>();
    private final Map<String, String> namespaces = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param liveNamespaces the namespaces that exist; {@code null} where the credential may not list them: then the
     *     dry run tells
     */
    public TargetResolver(ApiResources served, ApplySet applySet, String defaultNamespace, Set<String> liveNamespaces) {
        this.served = served;
        this.mark = applySet.id();
        this.defaultNamespace = defaultNamespace;
        this.liveNamespaces = liveNamespaces;
    }

    /** The targets of those manifests that could be resolved; {@link #problems()} has the rest. */
    public List<Target> resolve(List<Manifest> manifests) {
        for (Manifest manifest : manifests) {
            if (manifest.group().equals("apiextensions.k8s.io")
                    && manifest.kind().equals("CustomResourceDefinition")) {
                define(manifest.json());
            } else if (manifest.group().isEmpty() && manifest.kind().equals("Namespace")) {
                declaredNamespaces.add(manifest.name());
            }
        }
        List<Target> targets = new ArrayList<>();
        for (Manifest manifest : manifests) {
            resolve(manifest).ifPresent(targets::add);
        }
        return targets;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The kinds that a CRD of this very sync will bring. */
    private void define(JsonNode crd) {
        JsonNode spec = crd.path("spec");
        for (JsonNode version : spec.path("versions")) {
            ApiResource resource = new ApiResource(
                    spec.path("group").asText(),
                    version.path("name").asText(),
                    spec.path("names").path("kind").asText(),
                    spec.path("names").path("plural").asText(),
                    spec.path("scope").asText().equals("Namespaced"),
                    ALL_VERBS);
            if (version.path("served").asBoolean()) {
                defined.put(resource.apiVersion() + "/" + resource.kind(), resource);
            }
        }
    }

    private Optional<Target> resolve(Manifest manifest) {
        Optional<ApiResource> known = served.find(manifest.apiVersion(), manifest.kind());
        ApiResource resource = known.orElse(defined.get(manifest.apiVersion() + "/" + manifest.kind()));
        if (resource == null
                && ObjectOptions.of(manifest.json()).kindMayBeMissing()
                && !served.isUnavailable(manifest.apiVersion())) {
            resource = ApiResource.unserved(manifest.apiVersion(), manifest.kind());
        }
        if (resource == null) {
            problems.add(unknownKind(manifest));
            return Optional.empty();
        }
        String namespace = "";
        boolean namespaceExists = true;
        if (!resource.namespaced()) {
            if (manifest.json().path("metadata").has("namespace")) {
                problems.add(Problem.warning(
                        manifest.location(),
                        manifest.kind() + " " + manifest.name() + " is cluster-scoped, its namespace is left out",
                        "remove metadata.namespace"));
            }
        } else {
            // One text for all of them makes comparing them cheap.
            namespace = namespaces.computeIfAbsent(
                    manifest.namespace().isEmpty() ? defaultNamespace : manifest.namespace(), name -> name);
            namespaceExists = liveNamespaces == null || liveNamespaces.contains(namespace);
            if (!namespaceExists && !declaredNamespaces.contains(namespace)) {
                problems.add(Problem.error(
                        manifest.location(),
                        manifest.kind() + " " + manifest.name() + ": namespace \"" + namespace
                                + "\" exists neither in Git nor in the cluster",
                        "declare the Namespace, or name another one"));
                return Optional.empty();
            }
        }
        Place place = new Place(namespace, mark);
        ObjectId id = new ObjectId(resource.group(), resource.kind(), namespace, manifest.name());
        return Optional.of(
                new Target(manifest.derived(place, place::put), id, resource, known.isPresent() && namespaceExists));
    }

    /**
     * Where an object goes.
     *
     * @param namespace {@code ""} for cluster-scoped objects
     * @param mark the app's
     */
    private record Place(String namespace, String mark) {

        Manifest put(Manifest manifest) {
            ObjectNode object = shallowCopy(manifest.json());
            ObjectNode metadata = shallowCopy(object.get("metadata"));
            object.set("metadata", metadata);
            if (namespace.isEmpty()) {
                metadata.remove("namespace");
            } else {
                metadata.put("namespace", namespace);
            }
            metadata.set("labels", shallowCopy(metadata.path("labels")).put(ApplySet.PART_OF_LABEL, mark));
            object.remove("status");
            return manifest.placed(object);
        }
    }

    /** What lies deeper is shared with the manifest: neither is ever changed. */
    private static ObjectNode shallowCopy(JsonNode object) {
        ObjectNode copy =
                new ObjectNode(JsonNodeFactory.instance, new LinkedHashMap<>((object.size() + 1) * 4 / 3 + 1));
        object.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        return copy;
    }

    private Problem unknownKind(Manifest manifest) {
        String what = "unknown kind " + manifest.kind() + " in " + manifest.apiVersion();
        if (served.isUnavailable(manifest.apiVersion())) {
            return Problem.error(
                    manifest.location(),
                    what + ": that API group is registered, but its server does not answer",
                    "check kubectl get apiservices");
        }
        List<String> elsewhere = served.kinds().stream()
                .filter(kind -> kind.kind().equals(manifest.kind()))
                .map(ApiResource::apiVersion)
                .toList();
        if (!elsewhere.isEmpty()) {
            return Problem.error(manifest.location(), what, "the cluster serves it as " + String.join(", ", elsewhere));
        }
        List<String> near = served.kinds().stream()
                .map(ApiResource::kind)
                .filter(kind -> isNear(kind, manifest.kind()))
                .distinct()
                .toList();
        return Problem.error(
                manifest.location(),
                what,
                near.isEmpty()
                        ? "the cluster does not serve it; if it is a custom resource, its CRD is missing"
                        : "did you mean " + String.join(" or ", near) + "?");
    }

    /** Equal but for case, or one letter inserted, left out, swapped or exchanged. */
    private static boolean isNear(String one, String other) {
        if (one.equalsIgnoreCase(other)) {
            return true;
        }
        int prefix = 0;
        int shortest = Math.min(one.length(), other.length());
        while (prefix < shortest && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shortest - prefix
                && one.charAt(one.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
            suffix++;
        }
        int left = Math.max(one.length(), other.length()) - prefix - suffix;
        return left <= 1 || (left == 2 && one.length() == other.length());
    }
}
