package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.FieldPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a document has the form of a Kubernetes object: what every object needs before a schema is looked at, and
 * what must be sound before its parts are put into a URL.
 */
final class ObjectCheck {

    private static final Pattern API_VERSION = Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]*/)?[A-Za-z0-9]+");

    /** Of Argo CD, of Helm, and our own. */
    private static final List<String> HOOKS =
            List.of("argocd.argoproj.io/hook", "helm.sh/hook", "gitops.jenkins.io/hook");

    private final Problems problems;
    private final Node node;
    private final ObjectNode object;
    private final boolean template;

    private ObjectCheck(Problems problems, Node node, ObjectNode object, boolean template) {
        this.problems = problems;
        this.node = node;
        this.object = object;
        this.template = template;
    }

    /** @param template whether what holds a variable is left to be judged when it is substituted */
    static void check(Problems problems, Node node, ObjectNode object, boolean template) {
        ObjectCheck check = new ObjectCheck(problems, node, object, template);
        if (check.isTyped()) {
            check.metadata();
        }
    }

    /** Whether it is a manifest at all, sound or not. */
    private boolean isTyped() {
        boolean version = isAbsent(object.get("apiVersion"));
        boolean kind = isAbsent(object.get("kind"));
        if (version && kind) {
            problems.error(
                    node,
                    "apiVersion and kind are missing",
                    "every manifest names its type; a file that is no manifest belongs in another folder");
            return false;
        }
        if (version) {
            problems.error(node, "apiVersion is missing", "");
        } else if (isString(object, "apiVersion")
                && !isVariable(object.get("apiVersion").asText())
                && !API_VERSION.matcher(object.get("apiVersion").asText()).matches()) {
            problems.error(
                    at("apiVersion"),
                    "apiVersion " + Shown.quoted(object.get("apiVersion").asText())
                            + " is neither a version such as v1 nor a group and version such as apps/v1",
                    "");
        }
        if (kind) {
            problems.error(node, "kind is missing", "");
        } else {
            isString(object, "kind");
        }
        return true;
    }

    private void metadata() {
        JsonNode metadata = object.get("metadata");
        if (metadata != null && !metadata.isNull() && !metadata.isObject()) {
            if (!metadata.isMissingNode()) {
                problems.error(at("metadata"), "metadata is " + Shown.described(metadata) + ", not a mapping", "");
            }
            return;
        }
        name(metadata);
        if (metadata != null && metadata.hasNonNull("namespace") && isString(metadata, "metadata", "namespace")) {
            pathSegment("namespace", metadata.get("namespace").asText());
        }
        if (metadata != null) {
            strings(metadata.get("labels"), "labels");
            strings(metadata.get("annotations"), "annotations");
        }
    }

    private void name(JsonNode metadata) {
        JsonNode name = metadata == null ? null : metadata.get("name");
        if (!isAbsent(name)) {
            if (isString(metadata, "metadata", "name")) {
                pathSegment("name", name.asText());
            }
            return;
        }
        boolean generated = metadata != null && !isAbsent(metadata.get("generateName"));
        if (!generated) {
            problems.error(at("metadata"), "metadata.name is missing", "");
        } else if (!isHook(metadata.path("annotations"))) {
            problems.error(
                    at("metadata", "generateName"),
                    "metadata.name is missing",
                    "generateName makes a new object with every sync, so it is for hooks only: "
                            + String.join(", ", HOOKS));
        } else if (isString(metadata, "metadata", "generateName")) {
            pathSegment("generateName", metadata.get("generateName").asText());
        }
    }

    private boolean isVariable(String value) {
        return template && value.contains("${");
    }

    private static boolean isHook(JsonNode annotations) {
        return HOOKS.stream().anyMatch(annotations::hasNonNull);
    }

    /** The API server's own rule: the name becomes a part of a URL's path. */
    private void pathSegment(String field, String value) {
        String wrong = null;
        if (isVariable(value)) {
            return;
        }
        if (value.equals(".") || value.equals("..")) {
            wrong = " must not be \"" + value + "\"";
        } else if (value.indexOf('/') >= 0) {
            wrong = " " + Shown.quoted(value) + " must not contain \"/\"";
        } else if (value.indexOf('%') >= 0) {
            wrong = " " + Shown.quoted(value) + " must not contain \"%\"";
        }
        if (wrong != null) {
            problems.error(at("metadata", field), "metadata." + field + wrong, "");
        }
    }

    private void strings(JsonNode map, String field) {
        if (map == null || map.isNull() || map.isMissingNode()) {
            return;
        }
        if (!map.isObject()) {
            problems.error(
                    at("metadata", field),
                    "metadata." + field + " is " + Shown.described(map) + ", not a mapping of strings",
                    "");
            return;
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            // The API server takes null for an empty string.
            if (!entry.getValue().isNull()) {
                isString(map, "metadata", field, entry.getKey());
            }
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value == null
                || value.isNull()
                || value.isTextual() && value.asText().isEmpty();
    }

    /** Tells a problem where the last of {@code path}, a field of {@code parent}, is not a string. */
    private boolean isString(JsonNode parent, String... path) {
        JsonNode value = parent.get(path[path.length - 1]);
        if (value.isTextual()) {
            return true;
        }
        if (!value.isMissingNode()) {
            Node written = valueAt(path);
            String source = written != null && written.target() instanceof Node.Scalar scalar ? scalar.text : "";
            // What is a boolean or a number to YAML shows its value, but in an annotation of a Secret it may be a copy.
            boolean secret = path.length == 3 && path[1].equals("annotations") && SecretMask.isSecret(object);
            String what = secret && value.isNumber() ? "a number" : Shown.described(value);
            String spelling = secret || source.isEmpty() || source.equals(value.asText())
                    ? ""
                    : " (written " + Shown.text(source) + ")";
            problems.error(
                    written == null ? at(path) : written,
                    name(path) + " is " + what + spelling + ", not a string",
                    advice(value, secret ? "" : source));
        }
        return false;
    }

    private static String advice(JsonNode value, String source) {
        if (value.isContainerNode()) {
            return "";
        }
        return source.isEmpty() ? "quote it" : "quote it: " + Shown.quoted(source);
    }

    /** {@code metadata.labels[app]}: the keys of labels and annotations stand in brackets. */
    private static String name(String... path) {
        return path.length == 3 ? path[0] + "." + path[1] + "[" + Shown.text(path[2]) + "]" : String.join(".", path);
    }

    private Node at(String... path) {
        List<Step> steps = new ArrayList<>();
        for (String name : path) {
            steps.add(new Step(name, true));
        }
        return NodeLocator.locate(node, steps);
    }

    private Node valueAt(String... path) {
        Node value = node;
        for (String name : path) {
            value = value == null ? null : NodeLocator.value(value, name);
        }
        return value;
    }
}
