package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Renders a folder by what it holds: a kustomization, a chart, or files to be taken as they are, and in that case also
 * the kustomizations and charts below it, each by its own tool.
 */
final class FolderRenderer implements Renderer {

    /** Each run of a tool is a process; more of them than this help nobody. */
    private static final int WIDTH = Math.min(4, Runtime.getRuntime().availableProcessors());

    private final Tools tools;
    private final RenderPolicy policy;
    private final RenderTarget target;

    FolderRenderer(Tools tools, RenderPolicy policy, RenderTarget target) {
        this.tools = tools;
        this.policy = policy;
        this.target = target;
    }

    /** What makes manifests of one folder. */
    private record Unit(String folder, Renderer renderer) {}

    @Override
    public RenderResult render(SourceTree tree, String path)
            throws IOException, BadInputException, InterruptedException {
        List<String> files = tree.files(path);
        if (files.equals(List.of(path))) {
            return new PlainRenderer(policy.substitution().isActive()).render(tree, path);
        }
        String kustomization = Kustomizations.in(files, path);
        boolean isChart = files.contains(RepositoryPath.join(path, Chart.FILE));
        switch (policy.renderer()) {
            case PLAIN -> {
                return new PlainRenderer(policy.substitution().isActive()).render(tree, path);
            }
            case KUSTOMIZE -> {
                require(kustomization != null, path, "kustomization.yaml", "Kustomize");
                return new KustomizeRenderer(tools).render(tree, path);
            }
            case HELM -> {
                require(isChart, path, Chart.FILE, "Helm");
                return helm(true).render(tree, path);
            }
            default -> {
                return byContent(tree, path, files, kustomization, isChart);
            }
        }
    }

    private static void require(boolean present, String path, String file, String tool) throws BadInputException {
        if (!present) {
            throw new BadInputException(
                    "There is no " + file + " in " + RepositoryPath.shown(path) + ", which " + tool + " is to render",
                    "check the path, or leave the renderer to be found");
        }
    }

    private RenderResult byContent(
            SourceTree tree, String path, List<String> files, String kustomization, boolean isChart)
            throws IOException, BadInputException, InterruptedException {
        if (kustomization != null && isChart) {
            return new RenderResult(
                    List.of(),
                    List.of(Problem.error(
                            SourceLocation.of(kustomization),
                            RepositoryPath.shown(path) + " is both a Kustomize folder and a Helm chart",
                            "say which of them is to render it")));
        }
        if (kustomization != null) {
            return new KustomizeRenderer(tools).render(tree, path);
        }
        return isChart ? helm(true).render(tree, path) : mixed(tree, path, files);
    }

    private HelmRenderer helm(boolean single) {
        return new HelmRenderer(tools, policy.helm(), target, single);
    }

    private RenderResult mixed(SourceTree tree, String path, List<String> files)
            throws IOException, BadInputException, InterruptedException {
        Map<String, Unit> units = units(tree, path, files);
        List<String> plain = files.stream()
                .filter(file -> PlainRenderer.isManifest(file) && !PlainRenderer.isHidden(file, path))
                .filter(file -> units.keySet().stream().noneMatch(folder -> RepositoryPath.isBelow(file, folder)))
                .toList();
        List<Unit> rendered =
                units.values().stream().filter(unit -> unit.renderer() != null).toList();
        if (rendered.isEmpty()) {
            return new PlainRenderer(policy.substitution().isActive()).render(tree, path, plain);
        }
        List<Unit> all = new ArrayList<>(rendered);
        if (!plain.isEmpty()) {
            all.add(0, new Unit(path, (source, folder) -> new PlainRenderer(
                            policy.substitution().isActive())
                    .render(source, folder, plain)));
        }
        return renderAll(tree, all);
    }

    /**
     * The outermost folders below the path that belong to a tool; without a renderer those that are only part of
     * another one of them.
     */
    private Map<String, Unit> units(SourceTree tree, String path, List<String> files)
            throws IOException, BadInputException {
        Map<String, Unit> units = new TreeMap<>();
        Set<String> parts = new HashSet<>();
        // A folder comes before what is in it.
        List<String> marks = files.stream()
                .filter(file -> isMark(file) && !PlainRenderer.isHidden(file, path))
                .sorted((a, b) -> RepositoryPath.folder(a).compareTo(RepositoryPath.folder(b)))
                .toList();
        for (String mark : marks) {
            String folder = RepositoryPath.folder(mark);
            if (units.keySet().stream().anyMatch(outer -> RepositoryPath.isBelow(folder, outer))) {
                continue;
            }
            if (RepositoryPath.name(mark).equals(Chart.FILE)) {
                units.put(folder, new Unit(folder, helm(false)));
            } else {
                KustomizationGraph graph =
                        KustomizationGraph.of(tree, folder, tools.policy().remoteAllowed());
                graph.byFolder().keySet().stream()
                        .filter(other -> !other.equals(folder))
                        .forEach(parts::add);
                Kustomization top = graph.byFolder().get(folder);
                boolean isPart = top != null && top.isComponent();
                units.put(folder, new Unit(folder, isPart ? null : new KustomizeRenderer(tools)));
            }
        }
        parts.forEach(part -> units.computeIfPresent(part, (folder, unit) -> new Unit(folder, null)));
        return units;
    }

    private static boolean isMark(String file) {
        String name = RepositoryPath.name(file);
        return name.equals(Chart.FILE) || Kustomizations.NAMES.contains(name);
    }

    private static RenderResult renderAll(SourceTree tree, List<Unit> units)
            throws IOException, BadInputException, InterruptedException {
        return renderAll(tree, units.stream().map(Unit::folder).toList(), (source, folder) -> units.stream()
                .filter(unit -> unit.folder().equals(folder))
                .findFirst()
                .orElseThrow()
                .renderer()
                .render(source, folder));
    }

    /** All of the folders, several at a time; the result is in their order. */
    static RenderResult renderAll(SourceTree tree, List<String> folders, Renderer renderer)
            throws IOException, InterruptedException {
        RenderResult[] results = new RenderResult[folders.size()];
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            indexes.add(i);
        }
        Parallel.<Integer, IOException>forEach(indexes, WIDTH, index -> {
            try {
                results[index] = renderer.render(tree, folders.get(index));
            } catch (BadInputException e) {
                results[index] = new RenderResult(List.of(), e.problems());
            }
        });
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (RenderResult result : Arrays.asList(results)) {
            manifests.addAll(result.manifests());
            problems.addAll(result.problems());
        }
        return new RenderResult(manifests, problems.stream().distinct().toList());
    }
}
