package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes the YAML and JSON files of a folder as they are. Files and folders whose name begins with a dot are left out;
 * a folder that belongs to Kustomize or Helm is refused and not guessed at, unless its kustomization only lists files.
 */
public final class PlainRenderer implements Renderer {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    private static final Set<String> KUSTOMIZATIONS =
            Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String CHART = "Chart.yaml";

    @Override
    public RenderResult render(SourceTree tree, String path)
            throws IOException, BadInputException, InterruptedException {
        List<Problem> problems = new ArrayList<>();
        List<String> files = new ArrayList<>();
        Map<String, String> tools = new TreeMap<>();
        for (String file : tree.files(path)) {
            if (isHidden(file, path)) {
                continue;
            }
            if (isOfTool(file)) {
                tools.putIfAbsent(folder(file), file);
            } else if (isManifest(file)) {
                files.add(file);
            }
        }
        List<String> foreign = new ArrayList<>();
        for (Map.Entry<String, String> tool : tools.entrySet()) {
            // What lies below such a folder belongs to its tool: templates, values, patches, other charts.
            if (liesBelow(tool.getKey(), foreign)) {
                continue;
            }
            Problem problem = problem(tree, tool.getValue(), files);
            problems.add(problem);
            if (problem.isError()) {
                foreign.add(tool.getKey());
            }
        }
        files.removeIf(file -> liesBelow(file, foreign));
        if (files.isEmpty() && foreign.isEmpty()) {
            problems.add(Problem.error(
                    null,
                    "no manifests (*.yaml, *.yml, *.json) below " + name(path),
                    "check the path, and that the files are committed"));
        }
        List<Manifest> manifests = new ArrayList<>();
        for (ReadResult result : ParallelReader.read(tree, files)) {
            manifests.addAll(result.manifests());
            problems.addAll(result.problems());
        }
        if (manifests.isEmpty() && problems.stream().noneMatch(Problem::isError)) {
            problems.add(Problem.error(
                    null,
                    "no manifests below " + name(path) + ": " + count(files.size()) + " nothing but comments",
                    "check the path"));
        }
        return new RenderResult(manifests, problems);
    }

    private static String count(int files) {
        return files == 1 ? "its only file holds" : "its " + files + " files hold";
    }

    private static String name(String path) {
        return path.isEmpty() ? "the repository's root" : path;
    }

    /** A dot in front of the path itself is what the user asked for. */
    private static boolean isHidden(String file, String path) {
        String below = path.isEmpty() || !file.startsWith(path + "/") ? file : file.substring(path.length() + 1);
        if (file.equals(path)) {
            return false;
        }
        return below.startsWith(".") || below.contains("/.");
    }

    private static boolean isManifest(String file) {
        return EXTENSIONS.stream().anyMatch(file::endsWith);
    }

    /** The folder of a file with {@code /} at the end; empty for the root. */
    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    private static boolean liesBelow(String file, List<String> folders) {
        return folders.stream().anyMatch(file::startsWith);
    }

    private static boolean isOfTool(String file) {
        String name = file.substring(folder(file).length());
        return name.equals(CHART) || KUSTOMIZATIONS.contains(name);
    }

    /** Why the folder is refused, or what somebody should know who reads it as plain YAML. */
    private static Problem problem(SourceTree tree, String file, List<String> files)
            throws IOException, BadInputException {
        if (file.endsWith(CHART)) {
            return foreign(file, "a Helm chart", "Helm");
        }
        List<String> siblings =
                files.stream().filter(other -> other.startsWith(folder(file))).toList();
        Optional<Problem> list = FileList.of(file, tree.read(file), siblings);
        return list.orElseGet(() -> foreign(file, "a Kustomize folder", "Kustomize"));
    }

    private static Problem foreign(String file, String what, String tool) {
        String folder = folder(file);
        String shown = folder.isEmpty() ? "the repository's root" : folder.substring(0, folder.length() - 1);
        return Problem.error(
                SourceLocation.of(file),
                shown + " is " + what + ", which the plain renderer cannot render",
                "render it with " + tool + ", or name a path without it");
    }
}
