package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.sops.SopsFile;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The values files of a chart.
 *
 * @param files relative to the repository's root, a later one over an earlier one
 */
record Values(List<String> files) {

    /** @throws BadInputException if one of them does not exist */
    static Values of(SourceTree tree, Chart chart, List<String> named) throws IOException, BadInputException {
        List<String> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : named) {
            String file = name.startsWith("/")
                    ? RepositoryPath.resolve("", name)
                    : RepositoryPath.resolve(chart.folder(), name);
            if (file == null || !exists(tree, file)) {
                problems.add(Problem.error(
                        SourceLocation.of(chart.file()),
                        "the values file \"" + name + "\" does not exist: there is no " + file + " in the repository",
                        "name it relative to the chart's folder, or with a leading / from the repository's root"));
            } else if (isEncrypted(tree, file)) {
                problems.add(Problem.error(
                        SourceLocation.of(file),
                        "the values file is encrypted with SOPS; its values would be shown wherever the chart puts them",
                        "keep secret values in Secrets, and encrypt their manifests"));
            } else {
                files.add(file);
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return new Values(files);
    }

    private static boolean isEncrypted(SourceTree tree, String file) throws IOException, BadInputException {
        return Documents.read(file, tree.read(file)).stream()
                .anyMatch(document -> SopsFile.isEncrypted(document.json()));
    }

    private static boolean exists(SourceTree tree, String file) throws IOException {
        try {
            return tree.files(file).equals(List.of(file));
        } catch (BadInputException e) {
            return false;
        }
    }
}
