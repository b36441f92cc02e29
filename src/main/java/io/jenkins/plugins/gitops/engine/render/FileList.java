package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A kustomization that does nothing but list files of its own folder. Many repositories of plain YAML have one; the
 * objects are the same with it and without it, but for files that it does not list.
 */
final class FileList {

    /** Fields that change nothing. Whatever else a kustomization says, only Kustomize can carry out. */
    private static final Set<String> HARMLESS = Set.of("apiVersion", "kind", "metadata", "resources");

    private FileList() {}

    /**
     * @param file the kustomization
     * @param siblings every manifest in its folder and below
     * @return the warning that its folder is rendered as plain YAML; empty where Kustomize is needed
     */
    static Optional<Problem> of(String file, byte[] content, List<String> siblings) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        Object document;
        try {
            document = new Yaml(new SafeConstructor(options)).load(new ByteArrayInputStream(content));
        } catch (RuntimeException e) {
            // SnakeYAML's own exceptions and, on hostile input, whatever escapes it: for Kustomize to tell.
            return Optional.empty();
        }
        if (!(document instanceof Map<?, ?> kustomization)
                || !HARMLESS.containsAll(kustomization.keySet())
                || !(kustomization.get("resources") instanceof List<?> resources)) {
            return Optional.empty();
        }
        String folder = file.substring(0, file.lastIndexOf('/') + 1);
        if (!resources.stream().allMatch(resource -> siblings.contains(folder + resource))) {
            return Optional.empty();
        }
        List<String> unlisted = siblings.stream()
                .map(sibling -> sibling.substring(folder.length()))
                .filter(sibling -> !resources.contains(sibling))
                .toList();
        String rest = unlisted.isEmpty()
                ? ""
                : ", and so " + (unlisted.size() == 1 ? "is " : "are ") + String.join(", ", unlisted)
                        + ", which it does not list";
        return Optional.of(
                Problem.warning(SourceLocation.of(file), "the files that it lists are applied as they are" + rest, ""));
    }
}
