package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** Reads YAML or JSON that need not be manifests, such as a kustomization or a chart's values. */
public final class Documents {

    private Documents() {}

    /**
     * One document.
     *
     * @param json with its fields in the order of the file
     * @param location where it begins
     */
    public record Document(JsonNode json, SourceLocation location) {}

    /**
     * The documents of a file, empty ones left out. YAML means what {@link ManifestReader} takes it to mean.
     *
     * @param file path relative to the repository's root, for the locations
     * @throws BadInputException if any of it cannot be read; it tells all of it
     */
    public static List<Document> read(String file, byte[] content) throws BadInputException {
        Problems problems = new Problems(file);
        List<Document> documents = new ArrayList<>();
        Limits limits = new Limits(file);
        try {
            String text = FileText.decode(file, content);
            new DocumentReader(file, limits, problems).read(text, root -> {
                JsonNode json = new TreeToJson(limits, problems).convert(root);
                if (!json.isNull() && !json.isMissingNode()) {
                    documents.add(new Document(json, problems.location(root)));
                }
            });
        } catch (RefusedException e) {
            problems.add(e.problem());
        }
        if (!problems.list().isEmpty()) {
            throw new BadInputException(problems.list());
        }
        return documents;
    }
}
