package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.disk.Scratch;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import io.jenkins.plugins.gitops.engine.tool.Tool;
import io.jenkins.plugins.gitops.engine.tool.ToolException;
import io.jenkins.plugins.gitops.engine.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code helm template} of a chart, in a copy that holds the chart, its values files and the charts of this repository
 * that it depends on. There is no cluster behind it: what a chart may ask of one is given to it as options.
 */
final class HelmRenderer implements Renderer {

    private static final String SOURCE = "# Source: ";

    private final Tools tools;
    private final HelmPolicy policy;
    private final RenderTarget target;

    /** Whether the chart is the app, so that its release has the app's name. */
    private final boolean single;

    HelmRenderer(Tools tools, HelmPolicy policy, RenderTarget target, boolean single) {
        this.tools = tools;
        this.policy = policy;
        this.target = target;
        this.single = single;
    }

    @Override
    public RenderResult render(SourceTree tree, String path)
            throws IOException, BadInputException, InterruptedException {
        Chart chart;
        Values values;
        try {
            chart = Chart.read(tree, path);
            requireDependencies(chart);
            values = Values.of(tree, chart, policy.valueFiles());
        } catch (BadInputException e) {
            return new RenderResult(List.of(), e.problems());
        }
        Tool helm = tools.helm()
                .orElseThrow(() -> new BadInputException(Problem.error(
                        SourceLocation.of(chart.file()),
                        RepositoryPath.shown(path) + " is a Helm chart, and there is no helm on the PATH",
                        Tools.HELM_ADVICE)));
        try (Scratch scratch = Scratch.create()) {
            Path root = scratch.createFolder("repository");
            tree.exportTo(root, path);
            for (String file : values.files()) {
                tree.exportTo(root, file);
            }
            ToolRun run = tools.run(scratch.folder());
            Dependencies dependencies = new Dependencies(tree, chart, helm, run, root);
            ToolRun.Result fetched = dependencies.fetch();
            if (fetched != null && fetched.exitCode() != 0) {
                return failed(tree, chart, root, fetched);
            }
            List<String> arguments = new ArrayList<>(
                    List.of("template", release(chart), root.resolve(path).toString()));
            values.files().forEach(file -> arguments.add("--values=" + root.resolve(file)));
            arguments.addAll(options());
            ToolRun.Result result = run.run(helm, arguments, new byte[0]);
            return result.exitCode() == 0 ? read(tree, chart, result) : failed(tree, chart, root, result);
        } catch (ToolException e) {
            return new RenderResult(
                    List.of(), List.of(Problem.error(SourceLocation.of(chart.file()), e.getMessage(), e.advice())));
        }
    }

    private String release(Chart chart) {
        if (policy.releaseName() != null) {
            return policy.releaseName();
        }
        return single ? target.app() : chart.name();
    }

    private List<String> options() throws BadInputException, IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        options.add("--namespace=" + target.cluster().namespace());
        options.add("--skip-tests");
        if (policy.includeCrds()) {
            options.add("--include-crds");
        }
        for (Map.Entry<String, String> value : policy.values().entrySet()) {
            options.add("--set=" + value.getKey() + "=" + value.getValue());
        }
        for (Map.Entry<String, String> value : policy.stringValues().entrySet()) {
            options.add("--set-string=" + value.getKey() + "=" + value.getValue());
        }
        RenderTarget.Facts facts = target.cluster().facts();
        List<String> apiVersions = new ArrayList<>(policy.apiVersions());
        String version = policy.kubeVersion();
        if (facts != null) {
            apiVersions.addAll(facts.apiVersions());
            version = version == null ? facts.version() : version;
        }
        if (version != null) {
            options.add("--kube-version=" + version);
        }
        if (!apiVersions.isEmpty()) {
            options.add("--api-versions=" + String.join(",", apiVersions));
        }
        return options;
    }

    /** What is not in the repository is downloaded only where that is allowed. */
    private void requireDependencies(Chart chart) throws BadInputException {
        if (tools.policy().remoteAllowed()) {
            return;
        }
        List<Problem> problems = chart.missing().stream()
                .filter(dependency -> dependency.local() == null)
                .map(dependency -> Problem.error(
                        dependency.location(),
                        "the chart \"" + dependency.name() + "\" of " + dependency.repository()
                                + " is not in this repository, and remote dependencies are refused",
                        "commit what helm dependency build puts into " + RepositoryPath.join(chart.folder(), "charts")
                                + ", or have remote dependencies allowed"))
                .toList();
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private static RenderResult failed(SourceTree tree, Chart chart, Path root, ToolRun.Result result)
            throws IOException {
        return new RenderResult(
                List.of(), List.of(new HelmFailure(tree, chart, root.toString()).problem(result.errors())));
    }

    private static RenderResult read(SourceTree tree, Chart chart, ToolRun.Result result) {
        Origins origins = new Origins(tree);
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        result.errors()
                .lines()
                .filter(line -> line.contains("warning: "))
                .forEach(line -> problems.add(Problem.warning(
                        SourceLocation.of(chart.file()), line.substring(line.indexOf("warning: ") + 9), "")));
        for (RenderedText.Document document : RenderedText.documents(result.output())) {
            String file = document.text()
                    .lines()
                    .filter(line -> line.startsWith(SOURCE))
                    .findFirst()
                    .map(line -> chart.inRepository(line.substring(SOURCE.length())))
                    .orElse(chart.file());
            ReadResult read = document.read(file);
            for (Manifest manifest : read.manifests()) {
                manifests.add(new Manifest(manifest.json(), origins.locate(file, manifest)));
            }
            for (Problem problem : read.problems()) {
                problems.add(new Problem(
                        problem.severity(),
                        SourceLocation.of(file),
                        "line " + Math.max(1, problem.location().line()) + " of what it renders to: "
                                + problem.message(),
                        problem.advice()));
            }
        }
        return new RenderResult(manifests, problems);
    }
}
