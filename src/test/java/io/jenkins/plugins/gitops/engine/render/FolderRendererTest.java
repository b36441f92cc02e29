package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** What is chosen for a folder, and what is told before any tool is run. There is no tool on the PATH here. */
public class FolderRendererTest {

    private static final String ADVICE_KUSTOMIZE =
            "; install kustomize (https://kubectl.docs.kubernetes.io/installation/kustomize/) or kubectl where this runs,"
                    + " or name one in the render options";
    private static final String ADVICE_HELM =
            "; install helm (https://helm.sh/docs/intro/install/) where this runs, or name it in the render options";

    @Test
    public void plainFilesAndTheFoldersOfToolsBetweenThem() throws Exception {
        RenderResult result = render(
                new MemoryTree()
                        .with("apps/a.yaml", object("a"))
                        .with("apps/chart/Chart.yaml", "name: chart")
                        .with("apps/chart/charts/sub/Chart.yaml", "name: sub")
                        .with("apps/chart/templates/b.yaml", "{{ b }}")
                        .with("apps/overlay/kustomization.yaml", "resources: [c.yaml]\nnamePrefix: x-")
                        .with("apps/overlay/c.yaml", object("c"))
                        .with("apps/overlays/d.yaml", object("d")),
                "apps");
        assertEquals(List.of("a", "d"), names(result));
        assertProblems(
                result,
                "apps/chart/Chart.yaml: apps/chart is a Helm chart, and there is no helm on the PATH" + ADVICE_HELM,
                "apps/overlay/kustomization.yaml: apps/overlay is a Kustomize folder, and there is neither kustomize"
                        + " nor kubectl on the PATH" + ADVICE_KUSTOMIZE);
    }

    @Test
    public void whereThereIsNoKustomizeAListOfFilesIsJustThose() throws Exception {
        RenderResult result = render(
                new MemoryTree()
                        .with("shop/a.yaml", object("a"))
                        .with("shop/sub/b.yaml", object("b"))
                        .with("shop/unlisted.yaml", object("unlisted"))
                        .with("shop/kustomization.yaml", "kind: Kustomization\nresources: [sub/b.yaml, a.yaml]\n"),
                "shop");
        assertProblems(result);
        assertEquals(List.of("b", "a"), names(result));
    }

    @Test
    public void whatIsMissingIsToldWithItsPlace() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("shop/base/kustomization.yaml", "resources:\n- web.yaml\n- gone.yaml\n")
                .with("shop/base/web.yaml", object("web"))
                .with("shop/none/a.yaml", object("a"))
                .with(
                        "shop/prod/kustomization.yaml",
                        """
                        resources:
                        - ../base
                        - ../../../other
                        - ../none
                        components:
                        - ../components/gone
                        patches:
                        - path: broken.yaml
                        - path: ../base/web.yaml
                        configMapGenerator:
                        - name: x
                          files: [a=gone.properties]
                        """)
                .with("shop/prod/broken.yaml", "spec: [\n");
        assertProblems(
                render(tree, "shop/prod"),
                "shop/base/kustomization.yaml:3:3: resources[1]: \"gone.yaml\" does not exist: there is no"
                        + " shop/base/gone.yaml in the repository; commit it, or take it out of the kustomization",
                "shop/prod/kustomization.yaml:3:3: resources[1]: \"../../../other\" leads out of the repository;"
                        + " name a path in it",
                "shop/prod/kustomization.yaml:4:3: resources[2]: \"../none\" is a folder without a kustomization;"
                        + " add a kustomization.yaml there, or list its files",
                "shop/prod/kustomization.yaml:6:3: components[0]: \"../components/gone\" does not exist: there is no"
                        + " shop/components/gone in the repository; commit it, or take it out of the kustomization",
                "shop/prod/broken.yaml:2:1: this is not valid YAML: a value is missing or cannot begin so",
                "shop/prod/kustomization.yaml:9:3: patches[1].path: \"../base/web.yaml\" is a file outside this"
                        + " kustomization's folder, which Kustomize does not read; make its folder a base, or move it",
                "shop/prod/kustomization.yaml:12:11: configMapGenerator[0].files[0]: \"gone.properties\" does not"
                        + " exist: there is no shop/prod/gone.properties in the repository; commit it, or take it out of"
                        + " the kustomization");
    }

    @Test
    public void whatLeadsElsewhereIsRefused() throws Exception {
        for (String remote : List.of(
                "https://github.com/org/repo//base?ref=v1",
                "https://example.org/web.yaml",
                "http:/example.org/web.yaml",
                "github.com/org/repo//base?ref=v1",
                "git@github.com:org/repo.git",
                "ssh://git@example.org/repo",
                "git::https://example.org/repo",
                "file:///etc",
                "/etc/passwd")) {
            for (String field : List.of(
                    "resources: [\"%s\"]",
                    "bases: [\"%s\"]",
                    "components: [\"%s\"]",
                    "generators: [\"%s\"]",
                    "crds: [\"%s\"]",
                    "configurations: [\"%s\"]",
                    "openapi: {path: \"%s\"}",
                    "patches: [{path: \"%s\"}]",
                    "replacements: [{path: \"%s\"}]",
                    "patchesStrategicMerge: [\"%s\"]",
                    "patchesJson6902: [{path: \"%s\"}]",
                    "secretGenerator: [{name: a, files: [\"k=%s\"]}]",
                    "configMapGenerator: [{name: a, envs: [\"%s\"]}]",
                    "configMapGenerator: [{name: a, env: \"%s\"}]")) {
                RenderResult result = render(
                        new MemoryTree()
                                .with("shop/a.yaml", object("a"))
                                .with("shop/kustomization.yaml", String.format(field, remote)),
                        "shop");
                assertEquals(field + " " + remote, List.of(), result.manifests());
                assertEquals(result.problems().toString(), 1, result.problems().size());
                String message = result.problems().get(0).message();
                assertEquals(
                        message,
                        true,
                        message.contains("remote bases are refused")
                                || message.contains("leads out of the repository"));
            }
        }
    }

    @Test
    public void helmInsideKustomizeIsRefused() throws Exception {
        assertProblems(
                render(new MemoryTree().with("shop/kustomization.yaml", "helmCharts:\n- name: x\n"), "shop"),
                "shop/kustomization.yaml:1:1: helmCharts: helmCharts has Kustomize run Helm, which is refused; sync the"
                        + " chart by a path of its own, or commit what helm template prints");
    }

    @Test
    public void aFolderOfTwoToolsIsNotGuessedAt() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("shop/kustomization.yaml", "resources: [a.yaml]")
                .with("shop/a.yaml", object("a"))
                .with("shop/Chart.yaml", "name: shop");
        assertProblems(
                render(tree, "shop"),
                "shop/kustomization.yaml: shop is both a Kustomize folder and a Helm chart; say which of them is to"
                        + " render it");
        RenderPolicy kustomize = RenderPolicy.DEFAULT.withRenderer(RendererChoice.KUSTOMIZE);
        assertEquals(List.of("a"), names(render(kustomize, tree, "shop")));
    }

    @Test
    public void aRendererThatIsNamedNeedsItsFile() {
        MemoryTree tree = new MemoryTree().with("shop/a.yaml", object("a"));
        assertEquals(
                "There is no kustomization.yaml in shop, which Kustomize is to render; check the path, or leave the"
                        + " renderer to be found",
                assertThrows(
                                BadInputException.class,
                                () -> render(RenderPolicy.DEFAULT.withRenderer(RendererChoice.KUSTOMIZE), tree, "shop"))
                        .getMessage());
        assertThrows(
                BadInputException.class,
                () -> render(RenderPolicy.DEFAULT.withRenderer(RendererChoice.HELM), tree, "shop"));
    }

    @Test
    public void whatOthersBuildOnIsNotRenderedAlone() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("shop/base/kustomization.yaml", "resources: [a.yaml]")
                .with("shop/base/a.yaml", object("a"))
                .with("shop/parts/kustomization.yaml", "kind: Component\nresources: [b.yaml]")
                .with("shop/parts/b.yaml", object("b"))
                .with("shop/prod/kustomization.yaml", "resources: [../base]");
        RenderResult result = render(tree, "shop");
        assertProblems(
                result,
                "shop/prod/kustomization.yaml: shop/prod is a Kustomize folder, and there is neither kustomize nor"
                        + " kubectl on the PATH" + ADVICE_KUSTOMIZE);
    }

    @Test
    public void aPatternRendersEveryFolderThatItFits() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("apps/a/overlays/prod/a.yaml", object("a"))
                .with("apps/a/overlays/test/x.yaml", object("x"))
                .with("apps/b/overlays/prod/sub/b.yaml", object("b"))
                .with("apps/c/base/x.yaml", object("x"))
                .with("apps/[d]/e.yaml", object("e"));
        assertEquals(List.of("a", "b"), names(render(tree, "apps/*/overlays/prod")));
        assertEquals(List.of("a", "x", "b", "x"), names(render(tree, "apps/{a,b,c}")));
        assertEquals(List.of("e"), names(render(tree, "apps/[d]")));
        assertEquals(
                "Nothing in the repository fits the path \"apps/*/overlays/none\"; check the path, and what is committed",
                assertThrows(BadInputException.class, () -> render(tree, "apps/*/overlays/none"))
                        .getMessage());
        assertThrows(BadInputException.class, () -> render(tree, "apps/{a"));
        assertThrows(BadInputException.class, () -> render(tree, "../*"));
    }

    @Test
    public void aToolThatIsNamedMustBeOne() {
        MemoryTree tree = new MemoryTree()
                .with("shop/kustomization.yaml", "resources: [a.yaml]")
                .with("shop/a.yaml", object("a"));
        RenderPolicy policy =
                RenderPolicy.DEFAULT.withTools(ToolPolicy.DEFAULT.withKustomize(Path.of("/none/kustomize")));
        assertEquals(
                "\"/none/kustomize\", which is named as kustomize, is no program; name the program's file, or leave the"
                        + " option out to take the one on the PATH",
                assertThrows(BadInputException.class, () -> render(policy, tree, "shop"))
                        .getMessage());
    }

    @Test
    public void remoteDependenciesOfAChartAreRefused() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with(
                        "shop/Chart.yaml",
                        """
                        apiVersion: v2
                        name: shop
                        version: 1.0.0
                        dependencies:
                        - name: redis
                          repository: https://charts.example.org
                        - name: mysql
                          repository: oci://example.org/charts
                        - name: lib
                          repository: file://../lib
                        - name: vendored
                          repository: https://charts.example.org
                        - name: packed
                          repository: https://charts.example.org
                        """)
                .with("shop/charts/vendored/Chart.yaml", "name: vendored")
                .with("shop/charts/packed-1.2.3.tgz", "");
        String rest =
                " is not in this repository, and remote dependencies are refused; commit what helm dependency build"
                        + " puts into shop/charts, or have remote dependencies allowed";
        assertProblems(
                render(tree, "shop"),
                "shop/Chart.yaml:5:3: the chart \"redis\" of https://charts.example.org" + rest,
                "shop/Chart.yaml:7:3: the chart \"mysql\" of oci://example.org/charts" + rest);
    }

    private static RenderResult render(MemoryTree tree, String path) throws Exception {
        return render(RenderPolicy.DEFAULT, tree, path);
    }

    private static RenderResult render(RenderPolicy policy, MemoryTree tree, String path) throws Exception {
        RenderTarget target = new RenderTarget("app", RenderTarget.Cluster.without(null));
        return Renderers.of(policy.withTools(policy.tools().withPath("")), target)
                .render(tree, path);
    }

    private static String object(String name) {
        return "apiVersion: v1\nkind: T\nmetadata: {name: " + name + "}\n";
    }

    private static List<String> names(RenderResult result) {
        return result.manifests().stream().map(manifest -> manifest.name()).toList();
    }

    private static void assertProblems(RenderResult result, String... expected) {
        assertEquals(
                String.join("\n", expected),
                String.join(
                        "\n", result.problems().stream().map(Problem::toString).toList()));
    }
}
