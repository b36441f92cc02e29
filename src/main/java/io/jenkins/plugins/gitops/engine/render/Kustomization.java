package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.manifest.Documents.Document;
import io.jenkins.plugins.gitops.engine.manifest.SourceLines;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/**
 * A kustomization as it is written, and what of the repository it names.
 *
 * @param file path relative to the repository's root
 * @param content its bytes
 * @param json its one document
 * @param start where that begins
 */
record Kustomization(String file, byte[] content, ObjectNode json, SourceLocation start) {

    /** Lists of folders and files. */
    private static final List<String> TREES =
            List.of("resources", "bases", "components", "generators", "transformers", "validators");

    /** Lists of files. */
    private static final List<String> FILES = List.of("crds", "configurations", "patchesStrategicMerge");

    private static final List<String> WITH_PATH = List.of("patches", "patchesJson6902", "replacements");

    private static final List<String> GENERATORS = List.of("configMapGenerator", "secretGenerator");

    /**
     * Something that a kustomization names.
     *
     * @param field where it does, such as {@code resources[2]}
     * @param path as it is written
     * @param tree whether it may be a folder with a kustomization of its own
     * @param patch whether it is a patch
     */
    record Reference(String field, String path, boolean tree, boolean patch) {}

    static Kustomization read(String file, byte[] content) throws BadInputException {
        List<Document> documents = Documents.read(file, content);
        if (documents.size() != 1 || !(documents.get(0).json() instanceof ObjectNode json)) {
            throw new BadInputException(Problem.error(
                    SourceLocation.of(file),
                    documents.isEmpty() ? "the kustomization is empty" : "a kustomization is one mapping",
                    ""));
        }
        return new Kustomization(file, content, json, documents.get(0).location());
    }

    String folder() {
        return RepositoryPath.folder(file);
    }

    /** Part of the kustomizations that name it, and never rendered alone. */
    boolean isComponent() {
        return json.path("kind").asText().equals("Component");
    }

    SourceLocation locate(String field) {
        return SourceLines.locate(content, start, field);
    }

    List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        for (String list : TREES) {
            each(list, (field, item) -> add(references, field, item, true, false));
        }
        for (String list : FILES) {
            each(list, (field, item) -> add(references, field, item, false, list.startsWith("patches")));
        }
        for (String list : WITH_PATH) {
            each(
                    list,
                    (field, item) ->
                            add(references, field + ".path", item.path("path"), false, list.startsWith("patches")));
        }
        for (String list : GENERATORS) {
            each(list, (field, generator) -> sources(references, field, generator));
        }
        add(references, "openapi.path", json.path("openapi").path("path"), false, false);
        return references;
    }

    private static void sources(List<Reference> references, String field, JsonNode generator) {
        for (String list : List.of("files", "envs")) {
            int index = 0;
            for (JsonNode item : generator.path(list)) {
                // Either the file, or the key that it gets, an equals sign, and the file.
                String path = item.asText();
                String file = list.equals("files") ? path.substring(path.indexOf('=') + 1) : path;
                references.add(new Reference(field + "." + list + "[" + index++ + "]", file, false, false));
            }
        }
        add(references, field + ".env", generator.path("env"), false, false);
    }

    /** What is no text, or text of several lines, is the thing itself and no path to it. */
    private static void add(List<Reference> references, String field, JsonNode path, boolean tree, boolean patch) {
        if (path.isTextual() && !path.asText().isEmpty() && !path.asText().contains("\n")) {
            references.add(new Reference(field, path.asText(), tree, patch));
        }
    }

    private void each(String list, java.util.function.BiConsumer<String, JsonNode> consumer) {
        int index = 0;
        for (JsonNode item : json.path(list)) {
            consumer.accept(list + "[" + index++ + "]", item);
        }
    }
}
