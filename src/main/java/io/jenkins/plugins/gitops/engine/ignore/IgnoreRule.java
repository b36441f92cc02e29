package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One rule: differences that do not count, in objects that it selects. */
public final class IgnoreRule {

    private static final int SHOWN = 200;

    private final ObjectSelector objects;
    private final List<PathSelector> paths;
    private final Set<String> managers;
    private final String text;
    private final SourceLocation source;
    private final ObjectNode json;

    /**
     * @param managers field managers whose fields are ignored
     * @param source where the rule is written
     * @param json the rule as it is written
     */
    IgnoreRule(
            ObjectSelector objects,
            List<PathSelector> paths,
            Set<String> managers,
            SourceLocation source,
            ObjectNode json) {
        this.objects = objects;
        this.paths = List.copyOf(paths);
        this.managers = Set.copyOf(managers);
        this.source = source;
        this.json = json;
        this.text = text(json);
    }

    /** {@code apps/Deployment web: /spec/replicas}: what it is for, and what it ignores there. */
    private static String text(JsonNode rule) {
        JsonNode target = rule.has("paths") ? rule.path("target") : rule;
        List<String> which = new ArrayList<>();
        String group = target.path("group").asText("");
        String kind = target.path("kind").asText("*");
        which.add(group.isEmpty() ? kind : group + "/" + kind);
        for (String field : List.of("namespace", "name", "labelSelector", "annotationSelector")) {
            if (target.has(field)) {
                which.add(target.path(field).asText());
            }
        }
        List<String> what = new ArrayList<>();
        for (String field : List.of("paths", "jsonPointers", "jqPathExpressions")) {
            rule.path(field).forEach(path -> what.add(path.asText()));
        }
        rule.path("managedFieldsManagers").forEach(manager -> what.add("what " + manager.asText() + " manages"));
        String text = String.join(" ", which) + ": " + String.join(", ", what);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }

    /** @param manifest with its namespace filled in */
    public boolean matches(Manifest manifest) {
        return objects.matches(manifest);
    }

    /**
     * The places in an object that the rule ignores.
     *
     * @throws IllegalArgumentException if that cannot be told; the message says why
     */
    public Set<JsonPath> paths(JsonNode object) {
        Set<JsonPath> found = new LinkedHashSet<>();
        paths.forEach(path -> found.addAll(path.select(object)));
        return found;
    }

    public Set<String> managers() {
        return managers;
    }

    /** Where it is written; {@code null} where that is not known any more. */
    public SourceLocation source() {
        return source;
    }

    ObjectNode json() {
        return json;
    }

    /** As a person would tell it, on one line. */
    @Override
    public String toString() {
        return text;
    }
}
