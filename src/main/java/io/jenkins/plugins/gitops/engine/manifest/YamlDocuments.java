package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;

/** Reads YAML or JSON that holds no Kubernetes objects, such as a file of options, with the same care as manifests. */
public final class YamlDocuments {

    private YamlDocuments() {}

    /**
     * The documents of a file that hold something.
     *
     * @param file its name, for the locations
     * @throws BadInputException with every problem of the syntax
     */
    public static List<JsonNode> read(String file, byte[] content) throws BadInputException {
        Problems problems = new Problems(file);
        List<JsonNode> documents = new ArrayList<>();
        Limits limits = new Limits(file);
        try {
            String text = FileText.decode(file, content);
            new DocumentReader(file, limits, problems).read(text, root -> {
                JsonNode json = new TreeToJson(limits, problems).convert(root);
                if (!json.isNull() && !json.isMissingNode()) {
                    documents.add(json);
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
