package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.render.Kustomization.Reference;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A kustomization and all that it builds on, read before anything is run: so that what leads out of the repository is
 * refused, what is missing or broken is told with its place, and only what is needed is written to disk.
 */
final class KustomizationGraph {

    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*::?//.*|git@.*|git::.*|gh:.*");

    /** This machine's files are nobody's remote repository, whoever allows remote ones. */
    private static final Pattern LOCAL = Pattern.compile("(?i)(git::)?file:.*");

    private static final Pattern HOST = Pattern.compile("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+/.+/.+");
    private static final Pattern WEB = Pattern.compile("(?i)https?:.*");
    private static final List<String> HELM = List.of("helmCharts", "helmChartInflationGenerator", "helmGlobals");

    private final SourceTree tree;
    private final boolean remoteAllowed;
    private final Map<String, Kustomization> byFolder = new LinkedHashMap<>();
    private final Set<String> patches = new LinkedHashSet<>();
    private final Set<Problem> problems = new LinkedHashSet<>();

    private KustomizationGraph(SourceTree tree, boolean remoteAllowed) {
        this.tree = tree;
        this.remoteAllowed = remoteAllowed;
    }

    /** @param folder with a kustomization in it */
    static KustomizationGraph of(SourceTree tree, String folder, boolean remoteAllowed)
            throws IOException, BadInputException {
        KustomizationGraph graph = new KustomizationGraph(tree, remoteAllowed);
        graph.add(folder, Kustomizations.in(tree, folder));
        return graph;
    }

    /** The kustomizations by their folders, the first one first. */
    Map<String, Kustomization> byFolder() {
        return byFolder;
    }

    /** The files that are patches. */
    Set<String> patches() {
        return patches;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void add(String folder, String file) throws IOException {
        Kustomization kustomization;
        try {
            kustomization = Kustomization.read(file, tree.read(file));
        } catch (BadInputException e) {
            problems.addAll(e.problems());
            return;
        }
        byFolder.put(folder, kustomization);
        for (String field : HELM) {
            if (kustomization.json().has(field)) {
                error(
                        kustomization,
                        field,
                        field + " has Kustomize run Helm, which is refused",
                        "sync the chart by a path of its own, or commit what helm template prints");
            }
        }
        for (Reference reference : kustomization.references()) {
            follow(kustomization, reference);
        }
    }

    private void follow(Kustomization from, Reference reference) throws IOException {
        String path = reference.path();
        boolean web = WEB.matcher(path).matches();
        String target = web || path.startsWith("/") ? null : RepositoryPath.resolve(from.folder(), path);
        List<String> files = target == null ? List.of() : files(target);
        if (files == null) {
            return;
        }
        if (files.isEmpty()) {
            unresolved(from, reference, target);
        } else if (!files.equals(List.of(target))) {
            followFolder(from, reference, target, files);
        } else if (!RepositoryPath.isBelow(target, from.folder())) {
            error(
                    from,
                    reference.field(),
                    "\"" + path + "\" is a file outside this kustomization's folder, which Kustomize does not read",
                    "make its folder a base, or move it");
        } else {
            readFile(reference, target);
        }
    }

    private void followFolder(Kustomization from, Reference reference, String folder, List<String> files)
            throws IOException {
        String file = Kustomizations.in(files, folder);
        if (!reference.tree() || file == null) {
            error(
                    from,
                    reference.field(),
                    "\"" + reference.path() + "\" is a folder" + (reference.tree() ? " without a kustomization" : ""),
                    reference.tree() ? "add a kustomization.yaml there, or list its files" : "name a file");
        } else if (!byFolder.containsKey(folder)) {
            add(folder, file);
        }
    }

    private void unresolved(Kustomization from, Reference reference, String target) {
        String path = reference.path();
        boolean local = LOCAL.matcher(path).matches();
        boolean remote =
                !local && (URL.matcher(path).matches() || HOST.matcher(path).matches());
        if (remote && remoteAllowed) {
            return;
        }
        if (remote) {
            error(
                    from,
                    reference.field(),
                    "\"" + path + "\" is not in this repository, and remote bases are refused",
                    "copy it into the repository, or have remote bases allowed");
        } else if (target == null || local) {
            error(from, reference.field(), "\"" + path + "\" leads out of the repository", "name a path in it");
        } else {
            error(
                    from,
                    reference.field(),
                    "\"" + path + "\" does not exist: there is no " + target + " in the repository",
                    "commit it, or take it out of the kustomization");
        }
    }

    /** What is no YAML is told here, with line and column, and all of it. */
    private void readFile(Reference reference, String file) throws IOException {
        if (reference.patch()) {
            patches.add(file);
        }
        boolean yaml =
                reference.tree() || reference.patch() || reference.field().startsWith("replacements");
        if (yaml) {
            try {
                Documents.read(file, tree.read(file));
            } catch (BadInputException e) {
                problems.addAll(e.problems());
            }
        }
    }

    /** Empty where there is nothing; {@code null} where what stands in the way has been told. */
    private List<String> files(String path) throws IOException {
        try {
            return tree.files(path);
        } catch (BadInputException e) {
            List<Problem> located =
                    e.problems().stream().filter(p -> p.location() != null).toList();
            problems.addAll(located);
            return located.isEmpty() ? List.of() : null;
        }
    }

    private void error(Kustomization from, String field, String message, String advice) {
        SourceLocation location = from.locate(field);
        problems.add(Problem.error(location, field + ": " + message, advice));
    }

    /** The folders to be written to disk: none of them lies in another. */
    List<String> folders() {
        List<String> folders = new ArrayList<>();
        byFolder.keySet().stream().sorted().forEach(folder -> {
            if (folders.stream().noneMatch(outer -> RepositoryPath.isBelow(folder, outer))) {
                folders.add(folder);
            }
        });
        return folders;
    }
}
