package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kustomization that does nothing but list files of its own folder. Many repositories of plain YAML have one; where
 * there is no Kustomize, the files that it lists are what Kustomize would print.
 */
final class FileList {

    /** Fields that change nothing. Whatever else a kustomization says, only Kustomize can carry out. */
    private static final Set<String> HARMLESS = Set.of("apiVersion", "kind", "metadata", "resources");

    private FileList() {}

    /** The files, in the order of the list; empty where Kustomize is needed. */
    static Optional<List<String>> of(Kustomization kustomization) {
        ObjectNode json = kustomization.json();
        if (kustomization.isComponent()
                || json.properties().stream().anyMatch(field -> !HARMLESS.contains(field.getKey()))) {
            return Optional.empty();
        }
        List<String> files = new ArrayList<>();
        for (JsonNode resource : json.path("resources")) {
            String file = RepositoryPath.resolve(kustomization.folder(), resource.asText());
            if (file == null || !PlainRenderer.isManifest(file)) {
                return Optional.empty();
            }
            files.add(file);
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(files);
    }
}
