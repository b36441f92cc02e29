package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths that {@code metadata.managedFields} names, merged over all managers. It tells without a schema which lists
 * are keyed, by which fields, and which are sets: the server has written it down there.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">server-side apply</a>
 */
final class FieldTree {

    private static final FieldTree EMPTY = new FieldTree();

    private final Map<String, FieldTree> children = new LinkedHashMap<>();

    private FieldTree() {}

    /** The paths that the managers of these objects own. */
    static FieldTree of(JsonNode... objects) {
        FieldTree tree = new FieldTree();
        for (JsonNode object : objects) {
            for (JsonNode entry : object.path("metadata").path("managedFields")) {
                tree.add(entry.path("fieldsV1"));
            }
        }
        return tree;
    }

    private void add(JsonNode fields) {
        fields.properties().forEach(field -> {
            if (!field.getKey().equals(".")) {
                children.computeIfAbsent(field.getKey(), key -> new FieldTree()).add(field.getValue());
            }
        });
    }

    /** The subtree below one segment, such as {@code f:spec}; an empty one where it is not known. */
    FieldTree at(String segment) {
        return children.getOrDefault(segment, EMPTY);
    }

    /** The field names by which the items of this list are keyed; empty where it is no keyed list. */
    List<String> listKeys() {
        for (String segment : children.keySet()) {
            if (segment.startsWith("k:")) {
                return Values.keyNames(segment);
            }
        }
        return List.of();
    }

    /** Whether this is a list whose items are the values themselves. */
    boolean isSet() {
        return children.keySet().stream().anyMatch(segment -> segment.startsWith("v:"));
    }
}
