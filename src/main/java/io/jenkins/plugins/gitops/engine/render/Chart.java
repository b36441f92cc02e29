package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.manifest.Documents.Document;
import io.jenkins.plugins.gitops.engine.manifest.SourceLines;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Helm chart in the repository.
 *
 * @param folder with its {@code Chart.yaml}
 * @param name as the chart gives it, which begins the paths in Helm's output
 * @param missing the dependencies that are not in its {@code charts} folder
 */
record Chart(String folder, String name, List<Dependency> missing) {

    static final String FILE = "Chart.yaml";

    /**
     * A chart that is not there yet.
     *
     * @param repository as it is written
     * @param local the folder in this repository; {@code null} for one that would have to be downloaded
     * @param location where it is declared
     */
    record Dependency(String name, String repository, String local, SourceLocation location) {}

    /** @throws BadInputException if it is no chart that can be rendered */
    static Chart read(SourceTree tree, String folder) throws IOException, BadInputException {
        String file = RepositoryPath.join(folder, FILE);
        byte[] content = tree.read(file);
        List<Document> documents = Documents.read(file, content);
        if (documents.size() != 1 || !(documents.get(0).json() instanceof ObjectNode json)) {
            throw new BadInputException(Problem.error(SourceLocation.of(file), "a chart's description is one mapping"));
        }
        SourceLocation start = documents.get(0).location();
        if (json.path("type").asText().equals("library")) {
            throw new BadInputException(Problem.error(
                    SourceLines.locate(content, start, "type"),
                    "a library chart renders to nothing by itself",
                    "name the chart that uses it"));
        }
        List<String> files = tree.files(folder);
        List<Dependency> missing = new ArrayList<>();
        int index = 0;
        for (JsonNode declared : json.path("dependencies")) {
            String name = declared.path("name").asText();
            String repository = declared.path("repository").asText();
            SourceLocation location = SourceLines.locate(content, start, "dependencies[" + index++ + "]");
            if (files.stream().noneMatch(present -> isVendored(present, folder, name))) {
                missing.add(new Dependency(name, repository, local(folder, repository), location));
            }
        }
        return new Chart(folder, json.path("name").asText(), missing);
    }

    private static boolean isVendored(String file, String folder, String name) {
        String charts = RepositoryPath.join(folder, "charts/");
        return file.equals(charts + name + "/" + FILE) || file.matches("\\Q" + charts + name + "\\E-[^/]*\\.tgz");
    }

    private static String local(String folder, String repository) {
        return repository.startsWith("file://")
                ? RepositoryPath.resolve(folder, repository.substring("file://".length()))
                : null;
    }

    String file() {
        return RepositoryPath.join(folder, FILE);
    }

    /**
     * A path as Helm prints it, {@code <chart>/templates/web.yaml}, in the repository. Helm knows the chart by its
     * name, not by its folder's.
     */
    String inRepository(String printed) {
        if (!printed.startsWith(name + "/")) {
            return printed;
        }
        String below = printed.substring(name.length() + 1);
        for (Dependency dependency : missing) {
            String charts = "charts/" + dependency.name() + "/";
            if (dependency.local() != null && below.startsWith(charts)) {
                return RepositoryPath.join(dependency.local(), below.substring(charts.length()));
            }
        }
        return RepositoryPath.join(folder, below);
    }
}
