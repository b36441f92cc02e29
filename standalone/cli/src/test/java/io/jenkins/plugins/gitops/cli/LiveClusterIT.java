package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import io.jenkins.plugins.gitops.localcluster.GoTools;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What the command line asks a real API server for before it renders or validates: values, facts, schemas. */
public class LiveClusterIT {

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: kettles.GROUP}
            spec:
              group: GROUP
              names: {kind: Kettle, plural: kettles}
              scope: Namespaced
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: {type: object, required: [litres], properties: {litres: {type: integer}}}
            """;

    @Rule
    public final CommandLineRule gitops = new CommandLineRule();

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String namespace = "t-" + id;

    /** Nobody else's, since all tests share one cluster. */
    private final String group = "g" + id + ".example.org";

    private List<String> cluster;
    private boolean defined;

    @Before
    public void namespace() throws Exception {
        gitops.kubectl("", "create", "namespace", namespace);
        cluster = List.of("--kubeconfig=" + TestCluster.get().kubeconfig(), "--namespace=" + namespace);
    }

    private int run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(cluster);
        return gitops.run(command);
    }

    private void define() throws Exception {
        gitops.kubectl(DEFINITION.replace("GROUP", group), "apply", "-f", "-");
        gitops.kubectl("", "wait", "--for=condition=Established", "crd/kettles." + group, "--timeout=60s");
        // The server tells of it in its discovery and in its OpenAPI documents a moment later.
        long deadline = System.nanoTime() + 60_000_000_000L;
        String cache = "--cache-dir=" + gitops.file("discovery");
        while (!gitops.kubectl("", "get", "--raw", "/openapi/v3").contains(group)
                || !gitops.kubectl("", "api-resources", "--api-group=" + group, cache)
                        .contains("kettles")) {
            assertTrue("the kind is never published", System.nanoTime() < deadline);
            Thread.sleep(200);
        }
        defined = true;
    }

    @After
    public void takeBack() throws Exception {
        if (defined) {
            gitops.kubectl("", "delete", "crd/kettles." + group, "--wait=false");
        }
    }

    @Test
    public void valuesComeFromConfigMapsAndSecrets() throws Exception {
        gitops.kubectl(
                "",
                "-n",
                namespace,
                "create",
                "configmap",
                "values",
                "--from-literal=COLOUR=blue",
                "--from-literal=SIZE=2");
        gitops.kubectl("", "-n", namespace, "create", "secret", "generic", "login", "--from-literal=PASSWORD=hunter2");
        gitops.write(
                "repo/app/all.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {text: "${COLOUR} ${SIZE}"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: copy}
                stringData: {password: "${PASSWORD}"}
                """);
        String repo = "--repo=" + gitops.commit("repo");
        gitops.assertExit(
                0,
                run(
                        "render",
                        repo,
                        "--path=app",
                        "-o=json",
                        "--vars-from=configmap/values",
                        "--vars-from=secret/login",
                        "--vars-from=?configmap/" + namespace + "/none",
                        "--var=SIZE=3"));
        JsonNode items = new ObjectMapper().readTree(gitops.out()).path("items");
        assertEquals("blue 3", items.get(0).at("/data/text").asText());
        assertEquals("***", items.get(1).at("/stringData/password").asText());
        assertFalse(gitops.said().contains("hunter2"));

        gitops.assertExit(2, run("render", repo, "--path=app", "--vars-from=configmap/none"));
        assertTrue(
                gitops.err(),
                gitops.err().contains("ConfigMap none, which holds values to substitute, does not exist"));
        gitops.assertExit(2, gitops.run("render", repo, "--path=app", "--vars-from=configmap/values"));
        assertTrue(
                gitops.err(), gitops.err().startsWith("error: ") && gitops.err().contains("ConfigMap values"));

        gitops.assertExit(
                0,
                run(
                        "sync",
                        repo,
                        "--path=app",
                        "--vars-from=configmap/values",
                        "--vars-from=secret/login",
                        "--no-wait"));
        assertFalse(gitops.said().contains("hunter2"));
        assertEquals(
                "blue 2", gitops.kubectl("", "-n", namespace, "get", "configmap/settings", "-o=jsonpath={.data.text}"));
        assertEquals(
                "aHVudGVyMg==",
                gitops.kubectl("", "-n", namespace, "get", "secret/copy", "-o=jsonpath={.data.password}"));
    }

    @Test
    public void aChartIsRenderedForTheClusterThatIsThere() throws Exception {
        define();
        gitops.write("repo/chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        gitops.write(
                "repo/chart/templates/facts.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: facts}
                data:
                  version: {{ .Capabilities.KubeVersion.Version }}
                  group: {{ .Capabilities.APIVersions.Has "GROUP/v1" | quote }}
                  kind: {{ .Capabilities.APIVersions.Has "GROUP/v1/Kettle" | quote }}
                  other: {{ .Capabilities.APIVersions.Has "GROUP/v1/Pot" | quote }}
                  namespace: {{ .Release.Namespace }}
                """
                        .replace("GROUP", group));
        String repo = "--repo=" + gitops.commit("repo");
        Path helm = GoTools.find(GoTool.HELM, line -> System.err.println("[tools] " + line));
        gitops.assertExit(0, run("render", repo, "--path=chart", "-o=json", "--helm-binary=" + helm));
        JsonNode facts =
                new ObjectMapper().readTree(gitops.out()).path("items").get(0).path("data");
        assertEquals(
                Map.of(
                        "version", TestCluster.get().version(),
                        "group", "true",
                        "kind", "true",
                        "other", "false",
                        "namespace", namespace),
                new ObjectMapper().convertValue(facts, Map.class));
        gitops.assertExit(0, run("render", repo, "--path=chart", "--helm-binary=" + helm, "--kube-version=v1.31.0"));
        assertTrue("what is named counts: " + gitops.out(), gitops.out().contains("version: v1.31.0\n"));
    }

    @Test
    public void pulledSchemasAreUsedWhereTheClusterIsNot() throws Exception {
        define();
        String cache = gitops.file("cache").toString();
        String minor = TestCluster.get().version().replaceFirst("v(\\d+\\.\\d+).*", "$1");
        gitops.write(
                "manifests/kettle.yaml",
                "apiVersion: " + group + "/v1\nkind: Kettle\nmetadata: {name: k}\nspec: {litres: two}\n");
        Map<String, String> offline =
                Map.of("XDG_CACHE_HOME", cache, "HOME", gitops.getRoot().toString());
        String[] validate = {"validate", gitops.file("manifests").toString(), "--kubernetes-version=" + minor};

        gitops.assertExit(2, gitops.runApart(offline, validate));
        String unknown = gitops.said();
        assertTrue(unknown, unknown.contains("kettle.yaml:1:1") && unknown.contains("gitops schemas pull"));

        gitops.assertExit(0, gitops.runApart(offline, "schemas", "pull", cluster.get(0)));
        String expected = "\\d+ kinds of " + TestCluster.get().server() + ", Kubernetes "
                + TestCluster.get().version() + ": " + cache + "/gitops-jenkins/schemas/" + minor + "\\.json\\.gz\\R";
        assertTrue(gitops.out(), gitops.out().matches(expected));

        gitops.assertExit(2, gitops.runApart(offline, validate));
        assertTrue(
                gitops.said(),
                gitops.said().contains("kettle.yaml:4:") && gitops.said().contains("spec.litres"));
        gitops.write(
                "manifests/kettle.yaml",
                "apiVersion: " + group + "/v1\nkind: Kettle\nmetadata: {name: k}\nspec: {litres: 2}\n");
        gitops.assertExit(0, gitops.runApart(offline, validate));
    }

    @Test
    public void schemasInAFileOfOnesOwn() throws Exception {
        define();
        gitops.write(
                "manifests/kettle.yaml",
                "apiVersion: " + group + "/v1\nkind: Kettle\nmetadata: {name: k}\nspec: {litres: 2}\n");
        String manifests = gitops.file("manifests").toString();
        for (String builtInOnly : List.of("", "--built-in-only")) {
            Path file = gitops.file("schemas" + builtInOnly + ".json.gz");
            List<String> pull = new ArrayList<>(List.of("schemas", "pull", cluster.get(0), "--out=" + file));
            if (!builtInOnly.isEmpty()) {
                pull.add(builtInOnly);
            }
            gitops.assertExit(0, gitops.run(pull));
            int expected = builtInOnly.isEmpty() ? 0 : 2;
            gitops.assertExit(expected, gitops.run("validate", manifests, "--schemas=" + file));
        }
        gitops.assertExit(2, gitops.run("validate", manifests, "--schemas=" + gitops.file("none")));
    }

    @Test
    public void aSyncAndAPlanAreHeldUpByValidation() throws Exception {
        gitops.write(
                "policies/owned.yaml",
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: owned}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
                  validations:
                  - {expression: "has(object.metadata.labels)", message: somebody must own it}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: owned}
                spec: {policyName: owned, validationActions: [Deny]}
                """);
        gitops.write("repo/app/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {colour: blue}\n");
        gitops.write(
                "repo/other/web.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n"
                        + "---\napiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: nightly}\nspec: {}\n");
        String repo = "--repo=" + gitops.commit("repo");
        String policies = "--policies=" + gitops.file("policies");
        for (String command : List.of("plan", "sync")) {
            gitops.assertExit(2, run(command, repo, "--path=app", policies));
            assertTrue(
                    gitops.said(),
                    gitops.said()
                            .contains(
                                    "ConfigMap/a: ValidatingAdmissionPolicy 'owned' with binding 'owned' denied request:"
                                            + " somebody must own it"));
            gitops.assertExit(2, run(command, repo, "--path=other", "--validate"));
            assertTrue(gitops.said(), gitops.said().contains("other/web.yaml:6:1"));
        }
        assertEquals("", gitops.kubectl("", "-n", namespace, "get", "configmaps,services,leases", "-o=name"));
        gitops.assertExit(1, run("plan", repo, "--path=app"));
        gitops.assertExit(0, run("sync", repo, "--path=app", "--validate", "--no-wait"));
    }
}
