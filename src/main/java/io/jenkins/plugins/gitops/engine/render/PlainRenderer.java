package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the YAML and JSON files of a folder as they are. Files and folders whose name begins with a dot are left out,
 * and so are kustomizations, which are no objects.
 */
public final class PlainRenderer implements Renderer {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    private final boolean template;

    /** @param template whether the files may hold variables */
    PlainRenderer(boolean template) {
        this.template = template;
    }

    @Override
    public RenderResult render(SourceTree tree, String path)
            throws IOException, BadInputException, InterruptedException {
        List<String> files = tree.files(path).stream()
                .filter(file -> isManifest(file) && !isHidden(file, path))
                .filter(file -> file.equals(path) || !Kustomizations.NAMES.contains(RepositoryPath.name(file)))
                .toList();
        return render(tree, path, files);
    }

    /**
     * Reads some files of a folder.
     *
     * @param path the folder, to name it
     */
    RenderResult render(SourceTree tree, String path, List<String> files) throws IOException, InterruptedException {
        List<Problem> problems = new ArrayList<>();
        if (files.isEmpty()) {
            problems.add(Problem.error(
                    null,
                    "no manifests (*.yaml, *.yml, *.json) below " + RepositoryPath.shown(path),
                    "check the path, and that the files are committed"));
        }
        List<Manifest> manifests = new ArrayList<>();
        for (ReadResult result : ParallelReader.read(tree, files, template)) {
            manifests.addAll(result.manifests());
            problems.addAll(result.problems());
        }
        if (manifests.isEmpty() && problems.stream().noneMatch(Problem::isError)) {
            problems.add(Problem.error(
                    null,
                    "no manifests below " + RepositoryPath.shown(path) + ": " + count(files.size())
                            + " nothing but comments",
                    "check the path"));
        }
        return new RenderResult(manifests, problems);
    }

    private static String count(int files) {
        return files == 1 ? "its only file holds" : "its " + files + " files hold";
    }

    /** A dot in front of the path itself is what the user asked for. */
    static boolean isHidden(String file, String path) {
        String below = path.isEmpty() || !file.startsWith(path + "/") ? file : file.substring(path.length() + 1);
        if (file.equals(path)) {
            return false;
        }
        return below.startsWith(".") || below.contains("/.");
    }

    static boolean isManifest(String file) {
        return EXTENSIONS.stream().anyMatch(file::endsWith);
    }
}
