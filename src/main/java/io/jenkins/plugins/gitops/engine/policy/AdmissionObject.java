package io.jenkins.plugins.gitops.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cel.CelEnvironment;
import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.cel.CelValues;
import io.jenkins.plugins.gitops.engine.cel.LazyFailure;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.schema.KindSchema;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An object as a policy sees it: the request to create it.
 *
 * @param kind its kind and resource
 * @param json with the defaults that the server would have set
 * @param namespace {@code ""} for a cluster-scoped object
 * @param namespaceObject its Namespace; missing for a cluster-scoped object
 * @param variables {@code object}, {@code oldObject}, {@code request} and {@code namespaceObject}
 */
record AdmissionObject(
        KindSchema kind, JsonNode json, String namespace, JsonNode namespaceObject, Map<String, Object> variables) {

    static AdmissionObject of(Manifest manifest, KindSchema kind, String namespace, JsonNode namespaceObject) {
        ObjectNode json = ServerDefaults.applied(manifest.json(), kind);
        if (kind.namespaced()) {
            json.withObject("/metadata").put("namespace", namespace);
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("object", CelValues.of(json));
        variables.put("oldObject", CelValues.NULL);
        variables.put("request", request(manifest, kind, namespace));
        variables.put("namespaceObject", CelValues.of(namespaceObject));
        return new AdmissionObject(kind, json, namespace, namespaceObject, variables);
    }

    JsonNode labels() {
        return json.path("metadata").path("labels");
    }

    String name() {
        return json.path("metadata").path("name").asText("");
    }

    private static Map<String, Object> request(Manifest manifest, KindSchema kind, String namespace) {
        Map<String, Object> gvk = Map.of("group", kind.group(), "version", kind.version(), "kind", kind.kind());
        Map<String, Object> gvr = Map.of("group", kind.group(), "version", kind.version(), "resource", kind.plural());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("kind", gvk);
        request.put("resource", gvr);
        request.put("requestKind", gvk);
        request.put("requestResource", gvr);
        request.put("name", manifest.name());
        // The request for a Namespace is one in it.
        request.put("namespace", isNamespace(kind) ? manifest.name() : namespace);
        request.put("operation", "CREATE");
        request.put("dryRun", false);
        return new Request(request);
    }

    static boolean isNamespace(KindSchema kind) {
        return kind.kind().equals("Namespace") && kind.apiVersion().equals("v1");
    }

    /** Who asks is known when somebody asks. */
    private static final class Request extends AbstractMap<String, Object> {

        private final Map<String, Object> known;

        Request(Map<String, Object> known) {
            this.known = known;
        }

        @Override
        public boolean containsKey(Object key) {
            return known.containsKey(key) || "userInfo".equals(key);
        }

        @Override
        public Object get(Object key) {
            if ("userInfo".equals(key)) {
                throw new LazyFailure(CelException.needsCluster("it asks who the user is (request.userInfo)"));
            }
            return known.get(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return known.entrySet();
        }
    }

    /** What an expression of a policy may name. */
    static CelEnvironment environment(boolean params) {
        return params ? WITH_PARAMS : WITHOUT_PARAMS;
    }

    private static final CelEnvironment WITHOUT_PARAMS =
            CelEnvironment.of("object", "oldObject", "request", "namespaceObject", "variables");
    private static final CelEnvironment WITH_PARAMS =
            CelEnvironment.of("object", "oldObject", "request", "namespaceObject", "variables", "params");
}
