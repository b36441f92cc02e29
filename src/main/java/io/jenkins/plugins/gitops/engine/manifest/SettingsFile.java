package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of settings beside the manifests: one document in YAML or JSON, read by the rules and within the limits of
 * manifests, with the place of each of its parts.
 */
public final class SettingsFile {

    private final String file;
    private final Node root;
    private final JsonNode json;

    private SettingsFile(String file, Node root, JsonNode json) {
        this.file = file;
        this.root = root;
        this.json = json;
    }

    /**
     * @param file for the locations
     * @throws BadInputException with every problem of its syntax, or if it holds more than one document
     */
    public static SettingsFile read(String file, byte[] content) throws BadInputException {
        Problems problems = new Problems(file);
        Limits limits = new Limits(file);
        List<Node> roots = new ArrayList<>();
        List<JsonNode> documents = new ArrayList<>();
        try {
            new DocumentReader(file, limits, problems).read(FileText.decode(file, content), root -> {
                JsonNode json = new TreeToJson(limits, problems).convert(root);
                if (!json.isNull()) {
                    roots.add(root);
                    documents.add(json);
                }
            });
        } catch (RefusedException e) {
            problems.add(e.problem());
        }
        if (documents.size() > 1) {
            problems.error(roots.get(1), "a file of settings is one document, and here a second one begins", "");
        }
        if (!problems.list().isEmpty()) {
            throw new BadInputException(problems.list());
        }
        return documents.isEmpty()
                ? new SettingsFile(file, null, JsonNodeFactory.instance.objectNode())
                : new SettingsFile(file, roots.get(0), documents.get(0));
    }

    /** An empty object where the file is empty. */
    public JsonNode json() {
        return json;
    }

    /** Where a part is written, such as {@code rules[2].name}; the deepest part of the path that is there. */
    public SourceLocation locate(String path) {
        if (root == null) {
            return SourceLocation.of(file);
        }
        Node found = NodeLocator.locate(root, FieldPath.parse(path));
        return new SourceLocation(file, found.line, found.column);
    }

    /** What is wrong with a part. */
    public Problem error(String path, String message, String advice) {
        return Problem.error(locate(path), message, advice);
    }
}
