package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.disk.Scratch;
import io.jenkins.plugins.gitops.engine.manifest.Documents;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kustomize build} of a folder, in a copy that holds nothing but what the kustomization names. Plugins, Helm and
 * files outside a kustomization's folder are off; each object is told with the file that it comes from.
 */
final class KustomizeRenderer implements Renderer {

    private static final String METADATA = "buildMetadata";
    private static final String WITH_ORIGINS = "originAnnotations";
    private static final String ORIGIN = "config.kubernetes.io/origin";
    private static final String DEPRECATED = "# Warning: ";

    private final Tools tools;

    KustomizeRenderer(Tools tools) {
        this.tools = tools;
    }

    @Override
    public RenderResult render(SourceTree tree, String path)
            throws IOException, BadInputException, InterruptedException {
        KustomizationGraph graph =
                KustomizationGraph.of(tree, path, tools.policy().remoteAllowed());
        if (!graph.problems().isEmpty()) {
            return new RenderResult(List.of(), graph.problems());
        }
        Kustomization top = graph.byFolder().get(path);
        Optional<Tool> tool = tools.kustomize();
        if (tool.isEmpty()) {
            return withoutTool(tree, top);
        }
        try (Scratch scratch = Scratch.create()) {
            Path root = scratch.createFolder("repository");
            for (String folder : graph.folders()) {
                tree.exportTo(root, folder);
            }
            Files.writeString(root.resolve(top.file()), withOrigins(top.json()).toString());
            ToolRun run = tools.run(scratch.folder());
            ToolRun.Result result = run.run(
                    tool.get(),
                    List.of(
                            "--load-restrictor=LoadRestrictionsRootOnly",
                            root.resolve(path).toString()),
                    new byte[0]);
            if (result.exitCode() != 0) {
                Problem failure = new KustomizeFailure(tree, graph, root.toString()).problem(result.errors());
                return new RenderResult(List.of(), List.of(failure));
            }
            return read(tree, top, result);
        } catch (ToolException e) {
            return new RenderResult(
                    List.of(), List.of(Problem.error(SourceLocation.of(top.file()), e.getMessage(), e.advice())));
        }
    }

    /** A kustomization that only lists files of its folder says nothing that only Kustomize could carry out. */
    private static RenderResult withoutTool(SourceTree tree, Kustomization top)
            throws IOException, BadInputException, InterruptedException {
        Optional<List<String>> files = FileList.of(top);
        if (files.isEmpty()) {
            return new RenderResult(
                    List.of(),
                    List.of(Problem.error(
                            SourceLocation.of(top.file()),
                            RepositoryPath.shown(top.folder())
                                    + " is a Kustomize folder, and there is neither kustomize nor kubectl on the PATH",
                            Tools.KUSTOMIZE_ADVICE)));
        }
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (ReadResult result : ParallelReader.read(tree, files.get(), true)) {
            manifests.addAll(result.manifests());
            problems.addAll(result.problems());
        }
        return new RenderResult(manifests, problems);
    }

    /** The kustomization, which also asks for the annotations by which we find each object's file. */
    private static ObjectNode withOrigins(ObjectNode json) {
        ObjectNode copy = json.deepCopy();
        ArrayNode metadata = copy.path(METADATA).isArray() ? (ArrayNode) copy.get(METADATA) : copy.putArray(METADATA);
        if (!asksForOrigins(json)) {
            metadata.add(WITH_ORIGINS);
        }
        return copy;
    }

    private static boolean asksForOrigins(ObjectNode json) {
        for (JsonNode item : json.path(METADATA)) {
            if (item.asText().equals(WITH_ORIGINS)) {
                return true;
            }
        }
        return false;
    }

    private static RenderResult read(SourceTree tree, Kustomization top, ToolRun.Result result) {
        Origins origins = new Origins(tree);
        boolean keep = asksForOrigins(top.json());
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        SourceLocation whole = SourceLocation.of(top.file());
        result.errors()
                .lines()
                .filter(line -> line.startsWith(DEPRECATED))
                .forEach(line -> problems.add(Problem.warning(whole, line.substring(DEPRECATED.length()), "")));
        for (RenderedText.Document document : RenderedText.documents(result.output())) {
            ReadResult read = document.read(top.file());
            for (Manifest manifest : read.manifests()) {
                String file = origin(manifest, top);
                Manifest applied = keep ? manifest : withoutOrigin(manifest);
                manifests.add(new Manifest(applied.json(), origins.locate(file, applied)));
            }
            for (Problem problem : read.problems()) {
                problems.add(new Problem(
                        problem.severity(),
                        whole,
                        "line "
                                + (document.line()
                                        + Math.max(0, problem.location().line() - 1))
                                + " of what kustomize build prints: " + problem.message(),
                        problem.advice()));
            }
        }
        return new RenderResult(manifests, problems);
    }

    /** The file that an object comes from; the kustomization for what a generator made or another repository holds. */
    private static String origin(Manifest manifest, Kustomization top) {
        String annotation = manifest.annotation(ORIGIN);
        if (annotation == null) {
            return top.file();
        }
        try {
            JsonNode origin = Documents.read(top.file(), annotation.getBytes(StandardCharsets.UTF_8))
                    .get(0)
                    .json();
            boolean remote = origin.hasNonNull("repo");
            String path = origin.path("path").asText(origin.path("configuredIn").asText());
            String file = remote ? null : RepositoryPath.resolve(top.folder(), path);
            return file == null || path.isEmpty() ? top.file() : file;
        } catch (BadInputException | IndexOutOfBoundsException e) {
            return top.file();
        }
    }

    private static Manifest withoutOrigin(Manifest manifest) {
        ObjectNode copy = manifest.json().deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata
                && metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ORIGIN);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        return manifest.with(copy);
    }
}
