package io.jenkins.plugins.gitops.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cel.CelValues;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.policy.Policy.Decision;
import io.jenkins.plugins.gitops.engine.policy.Violation.Effect;
import io.jenkins.plugins.gitops.engine.schema.KindSchema;
import io.jenkins.plugins.gitops.engine.schema.Schemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All policies with what binds them. Immutable; used by many threads. */
public final class AdmissionPolicies {

    private static final String GROUP = "admissionregistration.k8s.io";

    private final Map<String, Policy> policies = new LinkedHashMap<>();
    private final Map<String, List<Binding>> bindings = new LinkedHashMap<>();
    private final Map<String, JsonNode> namespaces = new HashMap<>();
    private final Map<ParamKey, List<Manifest>> params = new HashMap<>();
    private final Schemas schemas;
    private final String defaultNamespace;

    private record Binding(String name, MatchResources match, JsonNode spec) {}

    /** Where parameters are looked for, once for every object; {@code null} for any name. */
    private record ParamKey(String apiVersion, String kind, String namespace, String name) {}

    /**
     * @param manifests policies, bindings, parameters and namespaces, among others
     * @param schemas for the names of resources
     * @param defaultNamespace of objects that name none
     */
    public AdmissionPolicies(Collection<Manifest> manifests, Schemas schemas, String defaultNamespace) {
        this.schemas = schemas;
        this.defaultNamespace = defaultNamespace;
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("Namespace") && manifest.group().isEmpty()) {
                namespaces.put(manifest.name(), manifest.json());
            } else if (manifest.group().equals(GROUP)) {
                add(manifest);
            }
        }
        if (policies.values().stream().anyMatch(Policy::hasParams)) {
            manifests.forEach(this::addParam);
        }
    }

    private void addParam(Manifest manifest) {
        boolean namespaced = schemas.find(manifest.apiVersion(), manifest.kind())
                .map(KindSchema::namespaced)
                .orElse(true);
        String namespace = !namespaced ? "" : manifest.namespace().isEmpty() ? defaultNamespace : manifest.namespace();
        for (String name : new String[] {manifest.name(), null}) {
            ParamKey key = new ParamKey(manifest.apiVersion(), manifest.kind(), namespace, name);
            params.computeIfAbsent(key, none -> new ArrayList<>()).add(manifest);
        }
    }

    private void add(Manifest manifest) {
        if (manifest.kind().equals("ValidatingAdmissionPolicy")) {
            policies.put(manifest.name(), new Policy(manifest, schemas));
        } else if (manifest.kind().equals("ValidatingAdmissionPolicyBinding")) {
            JsonNode spec = manifest.json().path("spec");
            Binding binding =
                    new Binding(manifest.name(), new MatchResources(spec.path("matchResources"), schemas), spec);
            bindings.computeIfAbsent(spec.path("policyName").asText(), name -> new ArrayList<>())
                    .add(binding);
        }
    }

    public boolean isEmpty() {
        return policies.isEmpty();
    }

    /** What is wrong with the policies themselves. */
    public List<PolicyFault> faults() {
        return policies.values().stream()
                .flatMap(policy -> policy.faults().stream())
                .toList();
    }

    /**
     * What the server would say if the object were created now.
     *
     * @return in the order of the policies; empty where nothing speaks against it, or its kind is unknown
     */
    public List<Violation> violations(Manifest manifest) {
        Optional<KindSchema> kind = schemas.find(manifest.apiVersion(), manifest.kind());
        // A policy does not guard itself.
        if (kind.isEmpty() || manifest.group().equals(GROUP) || policies.isEmpty()) {
            return List.of();
        }
        String namespace = !kind.get().namespaced()
                ? ""
                : manifest.namespace().isEmpty() ? defaultNamespace : manifest.namespace();
        AdmissionObject object = AdmissionObject.of(manifest, kind.get(), namespace, namespace(namespace));
        List<Violation> violations = new ArrayList<>();
        for (Policy policy : policies.values()) {
            List<Binding> bound = bindings.getOrDefault(policy.name(), List.of());
            if (!bound.isEmpty() && policy.matches(object)) {
                for (Binding binding : bound) {
                    if (binding.match().matches(object)) {
                        evaluate(policy, binding, object, violations);
                    }
                }
            }
        }
        return violations;
    }

    private void evaluate(Policy policy, Binding binding, AdmissionObject object, List<Violation> violations) {
        Params params = params(policy, binding, object.namespace());
        if (params.error() != null) {
            if (policy.failsClosed()) {
                violations.add(new Violation(
                        policy.name(),
                        binding.name(),
                        Effect.DENY,
                        false,
                        "failed to configure binding: " + params.error()));
            }
            return;
        }
        for (Object param : params.values()) {
            for (Decision decision : policy.decide(object, param)) {
                for (Effect effect : effects(binding, decision)) {
                    violations.add(new Violation(
                            policy.name(), binding.name(), effect, decision.certain(), decision.message()));
                }
            }
        }
    }

    private static List<Effect> effects(Binding binding, Decision decision) {
        if (decision.needsCluster()) {
            return List.of(Effect.UNKNOWN);
        }
        List<Effect> effects = new ArrayList<>();
        for (JsonNode action : binding.spec().path("validationActions")) {
            switch (action.asText()) {
                case "Deny" -> effects.add(Effect.DENY);
                case "Warn" -> effects.add(Effect.WARN);
                case "Audit" -> effects.add(Effect.AUDIT);
                default -> {
                    // Told by the schema.
                }
            }
        }
        return effects;
    }

    /** A namespace that nobody declares has the one label that every namespace has. */
    private JsonNode namespace(String name) {
        if (name.isEmpty()) {
            return MissingNode.getInstance();
        }
        JsonNode declared = namespaces.get(name);
        ObjectNode whole = declared == null ? JsonNodeFactory.instance.objectNode() : declared.deepCopy();
        whole.withObject("/metadata").put("name", name);
        whole.withObject("/metadata/labels").put("kubernetes.io/metadata.name", name);
        return whole;
    }

    /** The values to evaluate with, or why there are none. */
    private record Params(List<Object> values, String error) {}

    private Params params(Policy policy, Binding binding, String namespace) {
        JsonNode reference = binding.spec().path("paramRef");
        if (!policy.hasParams() || !reference.isObject()) {
            return new Params(List.of(CelValues.NULL), null);
        }
        String apiVersion = policy.paramKind().path("apiVersion").asText();
        String kindName = policy.paramKind().path("kind").asText();
        Optional<KindSchema> kind = schemas.find(apiVersion, kindName);
        if (kind.isEmpty()) {
            return new Params(List.of(), "paramKind " + apiVersion + " " + kindName + " is not known");
        }
        String in = reference.path("namespace").asText("");
        if (!kind.get().namespaced() && !in.isEmpty()) {
            return new Params(List.of(), "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        if (kind.get().namespaced() && in.isEmpty()) {
            if (namespace.isEmpty()) {
                return new Params(
                        List.of(),
                        "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
            }
            in = namespace;
        }
        String name = reference.path("name").asText("");
        ParamKey key =
                new ParamKey(apiVersion, kindName, kind.get().namespaced() ? in : "", name.isEmpty() ? null : name);
        List<Object> found = new ArrayList<>();
        for (Manifest candidate : params.getOrDefault(key, List.of())) {
            if (!name.isEmpty()
                    || LabelSelector.matches(
                            reference.path("selector"),
                            candidate.json().path("metadata").path("labels"))) {
                ObjectNode whole = ServerDefaults.applied(candidate.json(), kind.get());
                found.add(CelValues.of(whole));
            }
        }
        boolean required = reference.path("parameterNotFoundAction").asText("").equals("Deny");
        return found.isEmpty() && required
                ? new Params(List.of(), "no params found for policy binding with `Deny` parameterNotFoundAction")
                : new Params(found, null);
    }
}
