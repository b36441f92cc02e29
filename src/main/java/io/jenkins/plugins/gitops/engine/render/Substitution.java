package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.render.Expansion.ExpansionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Puts values in the place of variables in rendered objects. A whole value becomes what YAML makes of its text, a number
 * from {@code 3} and text from {@code "3"}, but where Kubernetes wants text in any case; so no value can change the form
 * of the object around it.
 */
final class Substitution {

    private static final String SWITCH = "kustomize.toolkit.fluxcd.io/substitute";
    private static final String OUR_SWITCH = "gitops.jenkins.io/substitute";
    private static final String OFF = "disabled";

    /** Mappings whose values are text. */
    private static final Set<String> TEXT_MAPS =
            Set.of("labels", "annotations", "matchLabels", "nodeSelector", "stringData", "binaryData");

    /** Lists whose items are text. */
    private static final Set<String> TEXT_LISTS = Set.of("args", "command", "finalizers");

    /** What YAML would not write without quotes, or not on one line: it stays text. */
    private static final Pattern QUOTED =
            Pattern.compile("(?s).*\\n.*|[-?:,\\[\\]{}#&*!|>'\"%@`\\s].*|.*(: | #).*|.*[:\\s]");

    /** Text that YAML would take for something that is not a value. */
    private static final Pattern NO_VALUE = Pattern.compile("(?s)[&*!|>%@`#].*|.*\\s#.*|.*\\n.*");

    private final Map<String, String> values;
    private final boolean strict;

    Substitution(Map<String, String> values, boolean strict) {
        this.values = values;
        this.strict = strict;
    }

    RenderResult substitute(RenderResult rendered) {
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(rendered.problems());
        for (Manifest manifest : rendered.manifests()) {
            if (isOff(manifest)) {
                manifests.add(manifest);
                continue;
            }
            List<Problem> own = new ArrayList<>();
            ObjectNode json = (ObjectNode) substituted(manifest, manifest.json(), new ArrayList<>(), own);
            Manifest changed = manifest.with(json);
            if (own.isEmpty()) {
                manifests.add(changed);
            }
            problems.addAll(own);
        }
        return new RenderResult(manifests, problems);
    }

    private static boolean isOff(Manifest manifest) {
        JsonNode labels = manifest.json().path("metadata").path("labels");
        return OFF.equals(manifest.annotation(SWITCH))
                || OFF.equals(manifest.annotation(OUR_SWITCH))
                || OFF.equals(labels.path(SWITCH).asText())
                || OFF.equals(labels.path(OUR_SWITCH).asText());
    }

    private JsonNode substituted(Manifest manifest, JsonNode node, List<String> path, List<Problem> problems) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String key = expanded(manifest, field.getKey(), path, problems);
                path.add(key);
                JsonNode value = substituted(manifest, field.getValue(), path, problems);
                path.remove(path.size() - 1);
                if (copy.replace(key, value) != null) {
                    problems.add(problem(manifest, path, "two keys become the same by substitution"));
                }
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            int index = 0;
            for (JsonNode item : node) {
                path.add("[" + index++ + "]");
                copy.add(substituted(manifest, item, path, problems));
                path.remove(path.size() - 1);
            }
            return copy;
        }
        if (!node.isTextual() || node.asText().indexOf('$') < 0) {
            return node;
        }
        String written = node.asText();
        String text = expanded(manifest, written, path, problems);
        boolean isText = text.equals(written) || QUOTED.matcher(written).matches();
        if (isText) {
            return TextNode.valueOf(text);
        }
        return value(text, isTextField(manifest, path));
    }

    private String expanded(Manifest manifest, String text, List<String> path, List<Problem> problems) {
        try {
            return Expansion.expand(text, values, strict);
        } catch (ExpansionException e) {
            problems.add(problem(manifest, path, e.getMessage()));
            return text;
        }
    }

    private static Problem problem(Manifest manifest, List<String> path, String message) {
        String field = String.join(".", path).replace(".[", "[");
        return Problem.error(
                manifest.location(),
                manifest.kind() + "/" + manifest.name() + ": " + (field.isEmpty() ? "" : field + ": ") + message,
                message.startsWith("the variable") ? "give it a value, or write a default as ${name:=default}" : "");
    }

    /** What YAML makes of a text that stands alone. */
    private static JsonNode value(String text, boolean isText) {
        if (text.isEmpty()) {
            return isText ? TextNode.valueOf("") : NullNode.instance;
        }
        boolean quoted = text.charAt(0) == '"' || text.charAt(0) == '\'';
        if (NO_VALUE.matcher(text).matches() || isText && !quoted) {
            return TextNode.valueOf(text);
        }
        try {
            List<Documents.Document> read = Documents.read("value", ("v: " + text).getBytes(StandardCharsets.UTF_8));
            JsonNode value = read.size() == 1 ? read.get(0).json().path("v") : TextNode.valueOf(text);
            return read.size() == 1 && read.get(0).json().size() == 1 ? value : TextNode.valueOf(text);
        } catch (BadInputException e) {
            return TextNode.valueOf(text);
        }
    }

    /** Where Kubernetes takes nothing but text, whatever it looks like. */
    private static boolean isTextField(Manifest manifest, List<String> path) {
        int last = path.size() - 1;
        if (last < 1) {
            return true;
        }
        String field = path.get(last);
        String parent = path.get(last - 1);
        if (TEXT_MAPS.contains(parent) || field.startsWith("[") && TEXT_LISTS.contains(parent)) {
            return true;
        }
        if (path.get(0).equals("metadata") && path.size() == 2) {
            return true;
        }
        if (path.get(0).equals("data") && path.size() == 2) {
            return manifest.kind().equals("ConfigMap") || manifest.kind().equals("Secret");
        }
        return field.equals("value") && last > 1 && path.get(last - 2).equals("env");
    }

    /** What was left of variables is judged as it is. */
    static RenderResult checked(RenderResult rendered) {
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(rendered.problems());
        for (Manifest manifest : rendered.manifests()) {
            List<Problem> own = ManifestReader.check(manifest);
            problems.addAll(own);
            if (own.isEmpty()) {
                manifests.add(manifest);
            }
        }
        return new RenderResult(manifests, problems);
    }
}
