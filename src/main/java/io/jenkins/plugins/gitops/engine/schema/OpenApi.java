package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the compact form of a server's OpenAPI v3 documents: what objects are held against, and nothing else. */
public final class OpenApi {

    private static final String REFERENCE = "#/components/schemas/";

    /** What says nothing of what is sound. A default is the server's business: an object may leave it to it. */
    private static final Set<String> LEFT_OUT = Set.of(
            "description",
            "title",
            "example",
            "externalDocs",
            "x-kubernetes-group-version-kind",
            "x-kubernetes-patch-merge-key",
            "x-kubernetes-patch-strategy",
            "x-kubernetes-map-type",
            "x-kubernetes-unions",
            "x-kubernetes-selectable-fields");

    private static final Set<String> BUILT_IN_GROUPS =
            Set.of("", "apps", "autoscaling", "batch", "policy", "extensions");

    private final Map<String, JsonNode> types = new TreeMap<>();
    private final Map<String, ObjectNode> kinds = new TreeMap<>();
    private final boolean builtInOnly;

    private OpenApi(boolean builtInOnly) {
        this.builtInOnly = builtInOnly;
    }

    /**
     * Asks a server for all its documents.
     *
     * @param builtInOnly leaves out what custom resource definitions and aggregated servers add
     * @return {@code {"version": ..., "kinds": {...}, "types": {...}}}
     */
    public static ObjectNode pull(ApiServer server, boolean builtInOnly) throws ClusterException, InterruptedException {
        OpenApi api = new OpenApi(builtInOnly);
        JsonNode index = server.document("/openapi/v3").path("paths");
        for (Map.Entry<String, JsonNode> path : index.properties()) {
            String name = path.getKey();
            String url = path.getValue().path("serverRelativeURL").asText();
            // /api/v1 and /apis/GROUP/VERSION; the rest has no objects.
            boolean versioned = name.matches("api/[^/]+|apis/[^/]+/[^/]+");
            // What the document says is a path of this server, and nothing else.
            if (versioned && url.startsWith("/openapi/v3/")) {
                api.add(server.document(url));
            }
        }
        return api.compact(server.version());
    }

    private static boolean isBuiltIn(String group) {
        return BUILT_IN_GROUPS.contains(group) || group.endsWith(".k8s.io") && !group.equals("metrics.k8s.io");
    }

    private void add(JsonNode document) {
        document.path("components").path("schemas").properties().forEach(type -> {
            if (!types.containsKey(type.getKey())) {
                types.put(type.getKey(), type.getValue());
            }
        });
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode post = path.getValue().path("post");
            JsonNode kind = post.path("x-kubernetes-group-version-kind");
            String url = path.getKey();
            if (post.path("x-kubernetes-action").asText().equals("post")
                    && kind.isObject()
                    && !url.endsWith("}")
                    && url.split("/\\{name}").length == 1) {
                kind(
                        kind,
                        url,
                        post.path("requestBody")
                                .path("content")
                                .path("*/*")
                                .path("schema")
                                .path("$ref")
                                .asText(post.path("requestBody")
                                        .path("content")
                                        .path("application/json")
                                        .path("schema")
                                        .path("$ref")
                                        .asText("")));
            }
        }
    }

    private void kind(JsonNode kind, String url, String reference) {
        String group = kind.path("group").asText();
        if (!reference.startsWith(REFERENCE) || builtInOnly && !isBuiltIn(group)) {
            return;
        }
        String version = kind.path("version").asText();
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("namespaced", url.contains("/namespaces/{namespace}/"));
        entry.put("plural", url.substring(url.lastIndexOf('/') + 1));
        entry.put("type", reference.substring(REFERENCE.length()));
        if (!isBuiltIn(group)) {
            entry.put("custom", true);
        }
        String key = (group.isEmpty() ? "" : group + "/") + version + "/"
                + kind.path("kind").asText();
        kinds.putIfAbsent(key, entry);
    }

    private ObjectNode compact(String version) {
        Set<String> needed = new TreeSet<>();
        need("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", needed);
        kinds.values().forEach(kind -> need(kind.get("type").asText(), needed));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("version", version);
        ObjectNode kindsNode = result.putObject("kinds");
        kinds.forEach(kindsNode::set);
        ObjectNode typesNode = result.putObject("types");
        needed.forEach(name -> typesNode.set(name, compact(name, types.get(name))));
        return result;
    }

    private void need(String name, Set<String> needed) {
        JsonNode type = types.get(name);
        if (type != null && needed.add(name)) {
            type.findValuesAsText("$ref")
                    .forEach(reference -> need(reference.substring(reference.lastIndexOf('/') + 1), needed));
        }
    }

    private static JsonNode compact(String name, JsonNode type) {
        if (name.endsWith(".api.resource.Quantity")) {
            return JsonNodeFactory.instance.objectNode().put("format", "quantity");
        }
        if (type.path("format").asText().equals("int-or-string")) {
            return JsonNodeFactory.instance.objectNode().put("x-kubernetes-int-or-string", true);
        }
        return schema(type);
    }

    private static JsonNode schema(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        }
        JsonNode all = schema.path("allOf");
        if (all.size() == 1 && all.get(0).has("$ref")) {
            return reference(all.get(0));
        }
        if (schema.has("$ref")) {
            return reference(schema);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        // Of custom resources a default is a promise, and of the others a zero value as often as not.
        boolean custom = schema.has("x-kubernetes-validations");
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            String key = keyword.getKey();
            JsonNode value = keyword.getValue();
            switch (key) {
                case "properties" -> {
                    ObjectNode fields = result.putObject("properties");
                    value.properties().forEach(field -> fields.set(field.getKey(), schema(field.getValue())));
                }
                case "items", "additionalProperties", "not" -> result.set(key, schema(value));
                case "allOf", "anyOf", "oneOf" -> {
                    ArrayNode list = result.putArray(key);
                    value.forEach(one -> list.add(schema(one)));
                }
                case "default" -> {
                    if (custom) {
                        result.set(key, value);
                    }
                }
                default -> {
                    if (!LEFT_OUT.contains(key)) {
                        result.set(key, value);
                    }
                }
            }
        }
        return result;
    }

    private static JsonNode reference(JsonNode node) {
        String reference = node.get("$ref").asText();
        return JsonNodeFactory.instance.objectNode().put("$ref", reference.substring(reference.lastIndexOf('/') + 1));
    }
}
