package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.gitops.engine.RealManifests;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.tool.ToolLimits;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With the real kustomize and helm. */
public class RenderIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels: {app: web}
            spec:
              replicas: 2
              selector:
                matchLabels: {app: web}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  containers:
                  - name: web
                    image: nginx:1.27
            """;

    private static final String SERVICE =
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              labels: {app: web}
            spec:
              selector: {app: web}
              ports:
              - port: 80
            """;

    /** One app in its three forms. */
    private static MemoryTree threeForms() {
        return new MemoryTree()
                .with("plain/web.yaml", WEB)
                .with("plain/service.yaml", SERVICE)
                .with("kustomize/base/kustomization.yaml", "resources: [service.yaml, web.yaml]\n")
                .with(
                        "kustomize/base/web.yaml",
                        WEB.replace("replicas: 2", "replicas: 1").replace("nginx:1.27", "nginx"))
                .with("kustomize/base/service.yaml", SERVICE)
                .with(
                        "kustomize/prod/kustomization.yaml",
                        """
                        resources: [../base]
                        images: [{name: nginx, newTag: "1.27"}]
                        patches: [{path: replicas.yaml}]
                        """)
                .with(
                        "kustomize/prod/replicas.yaml",
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n")
                .with("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")
                .with("chart/values.yaml", "replicas: 1\nimage: {tag: latest}\n")
                .with("chart/values-prod.yaml", "replicas: 2\n")
                .with(
                        "chart/templates/web.yaml",
                        WEB.replace("name: web\n  labels", "name: {{ .Release.Name }}\n  labels")
                                .replace("replicas: 2", "replicas: {{ .Values.replicas }}")
                                .replace("1.27", "{{ .Values.image.tag }}"))
                .with("chart/templates/service.yaml", SERVICE);
    }

    @Test
    public void threeFormsOfOneAppAreEqual() throws Exception {
        MemoryTree tree = threeForms();
        RenderPolicy policy = RenderPolicy.DEFAULT
                .withTools(RealTools.policy())
                .withHelm(HelmPolicy.DEFAULT
                        .withReleaseName("web")
                        .withValueFiles(List.of("values-prod.yaml"))
                        .withStringValues(Map.of("image.tag", "1.27")));
        Map<String, String> plain = objects(render(policy, tree, "plain"));
        assertEquals(2, plain.size());
        RenderResult kustomize = render(policy, tree, "kustomize/prod");
        RenderResult helm = render(policy, tree, "chart");
        assertEquals(plain, objects(kustomize));
        assertEquals(plain, objects(helm));
        assertEquals(render(policy, tree, "plain").digest(), kustomize.digest());
        assertEquals(kustomize.digest(), helm.digest());
        assertEquals(List.of("kustomize/base/service.yaml:1:1", "kustomize/base/web.yaml:1:1"), locations(kustomize));
        assertEquals(List.of("chart/templates/service.yaml:1:1", "chart/templates/web.yaml"), locations(helm));
    }

    @Test
    public void aWholeRepositoryIsRenderedInOneGo() throws Exception {
        MemoryTree tree = threeForms();
        RenderPolicy policy = RenderPolicy.DEFAULT.withTools(RealTools.policy());
        RenderResult all = render(policy, tree, "");
        assertEquals(
                List.of(
                        "plain/service.yaml",
                        "plain/web.yaml",
                        "chart/templates/service.yaml",
                        "chart/templates/web.yaml",
                        "kustomize/base/service.yaml",
                        "kustomize/base/web.yaml"),
                locations(all).stream()
                        .map(place -> place.replaceAll(":.*", ""))
                        .toList());
        // Between others the chart's release has the chart's own name.
        assertTrue(all.manifests().stream().anyMatch(manifest -> manifest.name().equals("shop")));
    }

    @Test
    public void thisMachinesFilesAreNotRemoteWhateverIsAllowed() throws Exception {
        RenderPolicy remote = RenderPolicy.DEFAULT.withTools(RealTools.policy().withRemoteAllowed(true));
        String local = folder.newFolder("base").toPath().toUri().toString();
        for (String url : List.of(local, "git::" + local, local.replace("file", "FILE"))) {
            assertProblem(
                    render(remote, new MemoryTree().with("kustomization.yaml", "resources: ['" + url + "']\n"), ""),
                    "kustomization.yaml:1:13: resources[0]: \"" + url
                            + "\" leads out of the repository; name a path in it");
        }
    }

    @Test
    public void kubectlDoesAsWellAsKustomize() throws Exception {
        MemoryTree tree = threeForms();
        Path kubectl = io.jenkins.plugins.gitops.localcluster.ControlPlaneBinaries.find(
                        io.jenkins.plugins.gitops.localcluster.Options.defaults(), System.err::println)
                .path(io.jenkins.plugins.gitops.localcluster.Binary.KUBECTL);
        RenderPolicy policy = RenderPolicy.DEFAULT.withTools(ToolPolicy.DEFAULT.withKustomize(kubectl));
        assertEquals(objects(render(policy, tree, "plain")), objects(render(policy, tree, "kustomize/prod")));
    }

    @Test
    public void aGeneratorsObjectIsOfItsKustomization() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("base/kustomization.yaml", "configMapGenerator: [{name: conf, files: [a.txt]}]\n")
                .with("base/a.txt", "a")
                .with("prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\n");
        RenderResult result = render(tree, "prod");
        assertEquals(List.of("base/kustomization.yaml"), locations(result));
        assertEquals(
                "{\"a.txt\":\"a\"}",
                result.manifests().get(0).json().path("data").toString());
        assertFalse(result.manifests().get(0).json().path("metadata").has("annotations"));
    }

    @Test
    public void anAskedForOriginStays() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("kustomization.yaml", "resources: [web.yaml]\nbuildMetadata: [originAnnotations]\n")
                .with("web.yaml", SERVICE);
        assertEquals("path: web.yaml\n", render(tree, "").manifests().get(0).annotation("config.kubernetes.io/origin"));
    }

    @Test
    public void whatKustomizeRefusesIsToldWithItsFile() throws Exception {
        MemoryTree tree = threeForms();
        tree.with("kustomize/prod/replicas.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: wub}\n");
        assertProblem(
                render(tree, "kustomize/prod"),
                "kustomize/prod/replicas.yaml:1:1: kustomize build failed: no resource matches strategic merge patch"
                        + " \"Deployment.v1.apps/wub.[noNs]\": no matches for Id Deployment.v1.apps/wub.[noNs]; failed to"
                        + " find unique target for patch Deployment.v1.apps/wub.[noNs]");
        tree.with("kustomize/prod/replicas.yaml", "spec: {replicas: 3}\n");
        assertProblem(
                render(tree, "kustomize/prod"),
                "kustomize/prod/replicas.yaml: kustomize build failed: trouble configuring builtin PatchTransformer"
                        + " with config: ' path: replicas.yaml ': unable to parse SM or JSON patch from [path:"
                        + " \"replicas.yaml\"]");
        tree.with("kustomize/base/kustomization.yaml", "resources: [service.yaml, web.yaml]\nfoo: a\n");
        assertProblem(
                render(tree, "kustomize/prod"),
                "kustomize/base/kustomization.yaml: kustomize build failed: accumulating resources: accumulation"
                        + " err='accumulating resources from '../base': 'kustomize/base' must resolve to a file': couldn't"
                        + " make target for path 'kustomize/base': invalid Kustomization: json: unknown field \"foo\"");
    }

    @Test
    public void pluginsAreOff() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("kustomization.yaml", "resources: [web.yaml]\ntransformers: [exec.yaml]\n")
                .with("web.yaml", SERVICE)
                .with(
                        "exec.yaml",
                        """
                        apiVersion: example.org/v1
                        kind: Anything
                        metadata:
                          name: x
                          annotations:
                            config.kubernetes.io/function: |
                              exec: {path: /bin/true}
                        """);
        RenderResult result = render(tree, "");
        assertEquals(List.of(), result.manifests());
        assertTrue(result.problems().toString(), result.problems().toString().contains("external plugins disabled"));
    }

    @Test
    public void whatHelmRefusesIsToldWithItsFileLineAndColumn() throws Exception {
        MemoryTree tree = threeForms();
        tree.with("chart/templates/web.yaml", "a: 1\nb: {{ required \"replicas must be set\" .Values.none }}\n");
        assertProblem(
                render(tree, "chart"),
                "chart/templates/web.yaml:2:6: helm template failed: execution error at (shop/templates/web.yaml:2:6):"
                        + " replicas must be set");
        tree.with("chart/templates/web.yaml", "a: {{ .Values.x.y.z }}\n");
        assertEquals(
                "chart/templates/web.yaml:1:13",
                render(tree, "chart").problems().get(0).location().toString());
        tree.with("chart/templates/web.yaml", "a: {{ include \"helper\" . }}\n")
                .with("chart/templates/_h.tpl", "{{ define \"helper\" }}\n{{ .Values.x.y }}{{ end }}");
        assertEquals(
                "chart/templates/_h.tpl:2:10",
                render(tree, "chart").problems().get(0).location().toString());
        tree.with("chart/templates/web.yaml", "a: [\n");
        assertEquals(
                "chart/templates/web.yaml",
                render(tree, "chart").problems().get(0).location().toString());
        tree.with("chart/templates/web.yaml", "a: {{ end }}\n");
        assertEquals(
                "chart/templates/web.yaml:1",
                render(tree, "chart").problems().get(0).location().toString());
        tree.with("chart/templates/web.yaml", "").with("chart/values.yaml", "a: [\n");
        assertEquals(
                "chart/values.yaml",
                render(tree, "chart").problems().get(0).location().toString());
    }

    @Test
    public void aChartKnowsTheClusterThatItIsRenderedFor() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\nkubeVersion: \">=1.31.0-0\"\n")
                .with("crds/crd.yaml", "apiVersion: v1\nkind: T\nmetadata: {name: crd}\n")
                .with(
                        "templates/tests/t.yaml",
                        SERVICE.replace("labels:", "annotations: {helm.sh/hook: test}\n  labels:"))
                .with(
                        "templates/a.yaml",
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: a}
                        data:
                          version: {{ .Capabilities.KubeVersion.Version }}
                          has: {{ .Capabilities.APIVersions.Has "example.org/v1/Thing" | quote }}
                          namespace: {{ .Release.Namespace }}
                          release: {{ .Release.Name }}
                          home: {{ default "none" (lookup "v1" "Namespace" "" "default" | toString) }}
                        """);
        RenderTarget.Cluster cluster = new RenderTarget.Cluster() {
            @Override
            public RenderTarget.Facts facts() {
                return new RenderTarget.Facts("v1.36.3", List.of("v1", "example.org/v1", "example.org/v1/Thing"));
            }

            @Override
            public String namespace() {
                return "home";
            }

            @Override
            public Map<String, String> values(RenderTarget.ValueSource source) {
                throw new AssertionError();
            }
        };
        RenderPolicy policy = RenderPolicy.DEFAULT.withTools(RealTools.policy());
        RenderResult result =
                Renderers.of(policy, new RenderTarget("app", cluster)).render(tree, "");
        assertEquals(List.of(), result.problems());
        assertEquals(List.of("crds/crd.yaml:1:1", "templates/a.yaml"), locations(result));
        assertEquals(
                "{\"version\":\"v1.36.3\",\"has\":\"true\",\"namespace\":\"home\",\"release\":\"app\",\"home\":\"map[]\"}",
                result.manifests().get(1).json().path("data").toString());
        RenderPolicy old =
                policy.withHelm(HelmPolicy.DEFAULT.withKubeVersion("v1.30.0").withIncludeCrds(false));
        assertProblem(
                render(old, tree, ""),
                "Chart.yaml: helm template failed: chart requires kubeVersion: >=1.31.0-0 which is incompatible with"
                        + " Kubernetes v1.30.0");
    }

    @Test
    public void aChartOfThisRepositoryIsADependency() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 1.0.0\n")
                .with("lib/templates/s.yaml", SERVICE)
                .with(
                        "app/Chart.yaml",
                        "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
                                + "dependencies: [{name: lib, version: 1.0.0, repository: \"file://../lib\"}]\n")
                .with("app/templates/w.yaml", WEB);
        RenderResult result = render(tree, "app");
        assertEquals(List.of(), result.problems());
        assertEquals(2, result.manifests().size());
        assertTrue(locations(result).toString(), locations(result).contains("app/templates/w.yaml:1:1"));
        assertTrue(locations(result).toString(), locations(result).contains("lib/templates/s.yaml:1:1"));
    }

    @Test
    public void toolsAreHeldToTheirBounds() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\n")
                .with("templates/a.yaml", "{{ range untilStep 0 2000000000 1 }}{{ end }}");
        ToolPolicy tools = RealTools.policy();
        ToolLimits small = new ToolLimits(Duration.ofSeconds(60), 1L << 30, 1 << 20);
        assertProblem(
                render(RenderPolicy.DEFAULT.withTools(tools.withLimits(small)), tree, ""),
                "Chart.yaml: helm needed more than 1024 MiB of memory and was ended; look for what grows without end in"
                        + " what it renders");
        tree.with("templates/a.yaml", "a: {{ repeat 3000000 \"x\" }}");
        assertProblem(
                render(RenderPolicy.DEFAULT.withTools(tools.withLimits(small)), tree, ""),
                "Chart.yaml: helm wrote more than 1 MiB and was killed; render a smaller folder");
        tree.with("templates/a.yaml", "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}");
        ToolLimits brief = new ToolLimits(Duration.ofSeconds(1), 4L << 30, 1 << 20);
        assertProblem(
                render(RenderPolicy.DEFAULT.withTools(tools.withLimits(brief)), tree, ""),
                "Chart.yaml: helm did not end within 1 s and was killed; look for what never ends in what it renders,"
                        + " or allow it more time");
    }

    @Test
    public void anInterruptKillsTheToolAndLeavesNothingBehind() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\n")
                .with("templates/a.yaml", "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread renderer = new Thread(() -> {
            try {
                render(tree, "");
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        renderer.start();
        while (helms() == 0 && renderer.isAlive()) {
            Thread.sleep(20);
        }
        renderer.interrupt();
        renderer.join(60_000);
        assertTrue(String.valueOf(thrown.get()), thrown.get() instanceof InterruptedException);
        long end = System.nanoTime() + 60_000_000_000L;
        while (helms() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertEquals(0, helms());
    }

    /** How many of our own children are Helm. */
    private static long helms() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/helm"))
                .count();
    }

    @Test
    public void theEnvironmentIsNotPassedOn() throws Exception {
        // A chart cannot read the environment; what Helm itself takes from it, it would print here.
        MemoryTree tree = new MemoryTree()
                .with("Chart.yaml", "apiVersion: v2\nname: x\nversion: 1.0.0\n")
                .with("templates/a.yaml", "a: {{ env \"HOME\" }}");
        assertTrue(render(tree, "").problems().toString().contains("function \"env\" not defined"));
    }

    @Test
    public void realKustomizationsRenderAsKustomizePrintsThem() throws Exception {
        Path root = RealManifests.folder("online-boutique/kustomize").orElse(null);
        assumeTrue("a folder of real manifests is present", root != null);
        MemoryTree tree = new MemoryTree();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.with("kustomize/" + root.relativize(file), Files.readString(file));
            }
        }
        List<String> components = List.of(
                "",
                "components/network-policies",
                "components/non-public-frontend",
                "components/without-loadgenerator",
                "components/network-policies, components/non-public-frontend, components/without-loadgenerator");
        for (String component : components) {
            tree.with("kustomize/kustomization.yaml", "resources: [base]\ncomponents: [" + component + "]\n");
            Path copy = folder.newFolder().toPath();
            tree.exportTo(copy, "");
            Path output = copy.resolve("output");
            Process process = new ProcessBuilder(
                            RealTools.find(GoTool.KUSTOMIZE).toString(),
                            "build",
                            copy.resolve("kustomize").toString())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals(0, process.waitFor());
            List<Manifest> real =
                    ManifestReader.read("output", Files.readAllBytes(output)).manifests();
            assertTrue(real.size() > 20);
            RenderResult result = render(tree, "kustomize");
            assertEquals(component, objects(new RenderResult(real, List.of())), objects(result));
            assertTrue(component, locations(result).stream().allMatch(place -> place.matches("kustomize/.*:\\d+:1")));
        }
        // A component that was removed, and a patch of something that is not there, are told with their files.
        tree.with("kustomize/kustomization.yaml", "resources: [base]\npatches: [{path: broken.yaml}]\n");
        tree.with("kustomize/broken.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: fronted}\n");
        assertProblem(
                render(tree, "kustomize"),
                "kustomize/broken.yaml:1:1: kustomize build failed: no resource matches strategic merge patch"
                        + " \"Deployment.v1.apps/fronted.[noNs]\": no matches for Id Deployment.v1.apps/fronted.[noNs];"
                        + " failed to find unique target for patch Deployment.v1.apps/fronted.[noNs]");
        tree.with("kustomize/kustomization.yaml", "resources: [base]\ncomponents: [components/none]\n");
        assertProblem(
                render(tree, "kustomize"),
                "kustomize/kustomization.yaml:2:14: components[0]: \"components/none\" does not exist: there is no"
                        + " kustomize/components/none in the repository; commit it, or take it out of the kustomization");
    }

    private static RenderResult render(MemoryTree tree, String path) throws Exception {
        return render(RenderPolicy.DEFAULT.withTools(RealTools.policy()), tree, path);
    }

    private static RenderResult render(RenderPolicy policy, MemoryTree tree, String path) throws Exception {
        return Renderers.of(policy, new RenderTarget("app", RenderTarget.Cluster.without(null)))
                .render(tree, path);
    }

    /** The objects by their identity, as JSON with sorted fields. */
    private static Map<String, String> objects(RenderResult result) throws IOException {
        assertEquals(
                List.of(), result.problems().stream().filter(Problem::isError).toList());
        Map<String, String> objects = new TreeMap<>();
        for (Manifest manifest : result.manifests()) {
            Object sorted = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readValue(manifest.json().toString().getBytes(StandardCharsets.UTF_8), TreeMap.class);
            String text = new com.fasterxml.jackson.databind.ObjectMapper()
                    .configure(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
                    .writeValueAsString(sorted);
            assertEquals(null, objects.put(manifest.id().toString(), text));
        }
        return objects;
    }

    private static List<String> locations(RenderResult result) {
        return result.manifests().stream()
                .map(manifest -> manifest.location().toString())
                .toList();
    }

    private static void assertProblem(RenderResult result, String expected) {
        assertEquals(
                List.of(expected),
                result.problems().stream().map(Problem::toString).toList());
    }
}
