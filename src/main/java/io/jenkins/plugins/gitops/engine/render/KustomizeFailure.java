package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.manifest.Documents.Document;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what Kustomize says about a folder of the repository, with the file that it means. */
final class KustomizeFailure {

    private static final int MAX_LENGTH = 2000;

    /** A patch that fits nothing: {@code Deployment.v1.apps/web.[noNs]}. */
    private static final Pattern NO_MATCH = Pattern.compile(
            "no (?:resource )?matches (?:for Id|strategic merge patch) \"?([A-Za-z]+)\\.[^/\"]*/([a-z0-9.-]+?)\\.[\\[a-z]");

    private static final List<Pattern> FILES = List.of(
            Pattern.compile("in File: ([^\\s:\"']+)"),
            Pattern.compile("path\\(([^)\\s]+)\\)"),
            Pattern.compile("path: \"?([^\\s\"`\\]]+)"),
            Pattern.compile("from '([^'\\s]+)'"));

    private static final Pattern FOLDER = Pattern.compile("(?:of path|for path) '([^']+)'");

    private final SourceTree tree;
    private final KustomizationGraph graph;
    private final String root;

    /** @param root the folder on disk in which the repository's files lie, as Kustomize names it */
    KustomizeFailure(SourceTree tree, KustomizationGraph graph, String root) {
        this.tree = tree;
        this.graph = graph;
        this.root = root;
    }

    /** @param said what it wrote to standard error */
    Problem problem(String said) throws IOException {
        StringBuilder errors = new StringBuilder();
        for (String line : said.lines().toList()) {
            if (!line.startsWith("#") && !line.startsWith("Usage:")) {
                errors.append(line.strip()).append(' ');
            }
        }
        String text = plain(errors.toString());
        return Problem.error(file(text), "kustomize build failed: " + text, "");
    }

    /** Without the names of folders that are gone when somebody reads it. */
    private String plain(String text) {
        String plain = text.replace(root + "/", "")
                .replace(root, ".")
                .replaceAll("\\s+", " ")
                .replaceFirst("^Error: ", "")
                .replace('`', '\'')
                .strip();
        return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH) + " ...";
    }

    private SourceLocation file(String text) throws IOException {
        String folder = graph.byFolder().keySet().iterator().next();
        Matcher deepest = FOLDER.matcher(text);
        while (deepest.find()) {
            if (graph.byFolder().containsKey(deepest.group(1))) {
                folder = deepest.group(1);
            }
        }
        Matcher unmatched = NO_MATCH.matcher(text);
        if (unmatched.find()) {
            SourceLocation patch = patch(unmatched.group(1), unmatched.group(2));
            if (patch != null) {
                return patch;
            }
        }
        for (Pattern pattern : FILES) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                String file = RepositoryPath.resolve(folder, matcher.group(1));
                if (file != null && exists(file)) {
                    return SourceLocation.of(file);
                }
            }
        }
        return SourceLocation.of(graph.byFolder().get(folder).file());
    }

    private SourceLocation patch(String kind, String name) throws IOException {
        for (String file : graph.patches()) {
            try {
                for (Document document : Documents.read(file, tree.read(file))) {
                    boolean meant = document.json().path("kind").asText().equals(kind)
                            && document.json()
                                    .path("metadata")
                                    .path("name")
                                    .asText()
                                    .equals(name);
                    if (meant) {
                        return document.location();
                    }
                }
            } catch (BadInputException e) {
                // It has been told already, or is no YAML that we read.
            }
        }
        return null;
    }

    private boolean exists(String file) throws IOException {
        try {
            return tree.files(file).equals(List.of(file));
        } catch (BadInputException e) {
            return false;
        }
    }
}
