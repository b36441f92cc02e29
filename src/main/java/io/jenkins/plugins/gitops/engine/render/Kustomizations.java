package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Paths of the repository, and the files that make a folder a tool's. */
final class Kustomizations {

    static final Set<String> NAMES = Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private Kustomizations() {}

    /** The kustomization right in a folder; {@code null} where there is none. */
    static String in(SourceTree tree, String folder) throws IOException, BadInputException {
        return in(tree.files(folder), folder);
    }

    /** @param files with everything below the folder among them */
    static String in(List<String> files, String folder) {
        return files.stream()
                .filter(file -> RepositoryPath.folder(file).equals(folder) && NAMES.contains(RepositoryPath.name(file)))
                .findFirst()
                .orElse(null);
    }
}
