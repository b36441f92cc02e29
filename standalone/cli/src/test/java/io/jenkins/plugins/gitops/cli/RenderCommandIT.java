package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.tool.ToolFinder;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import io.jenkins.plugins.gitops.localcluster.GoTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Assume;
import org.junit.Rule;
import org.junit.Test;

/** {@code gitops render}: what it prints, with every option, by the real kustomize and helm. */
public class RenderCommandIT {

    private static final String SECRET =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {password: hunter2}
            """;

    private static final String SETTINGS =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {colour: blue}
            """;

    @Rule
    public final CommandLineRule gitops = new CommandLineRule();

    private static String program(GoTool tool) throws InterruptedException {
        return GoTools.find(tool, line -> System.err.println("[tools] " + line)).toString();
    }

    private List<String> render(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("render", "--repo=" + gitops.file("repo")));
        command.addAll(List.of(
                "--kustomize-binary=" + program(GoTool.KUSTOMIZE),
                "--helm-binary=" + program(GoTool.HELM),
                "--app=app"));
        command.addAll(List.of(arguments));
        return command;
    }

    private JsonNode json(String... arguments) throws Exception {
        List<String> command = render(arguments);
        command.add("--output=json");
        gitops.assertExit(0, gitops.run(command));
        JsonNode list = new ObjectMapper().readTree(gitops.out());
        assertEquals(
                "v1 List",
                list.path("apiVersion").asText() + " " + list.path("kind").asText());
        return list.path("items");
    }

    private String refused(String... arguments) throws Exception {
        gitops.assertExit(2, gitops.run(render(arguments)));
        assertEquals("no half document", "", gitops.out());
        return gitops.err();
    }

    @Test
    public void eachObjectIsPrintedWithItsSourceAndNoSecret() throws Exception {
        gitops.write("repo/app/a.yaml", SETTINGS + "---\n" + SECRET);
        gitops.commit("repo");
        gitops.assertExit(0, gitops.run(render("--path=app")));
        assertEquals(
                """
                ---
                # Source: app/a.yaml:1:1
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  colour: blue
                ---
                # Source: app/a.yaml:6:1
                apiVersion: v1
                kind: Secret
                metadata:
                  name: login
                stringData:
                  password: "***"
                """,
                gitops.out());
        String summary = gitops.err();
        assertTrue(summary, summary.matches("2 objects, sha256:[0-9a-f]{64}\\R"));

        JsonNode items = json("--path=app");
        assertEquals("***", items.get(1).at("/stringData/password").asText());
        assertEquals("the same objects", summary, gitops.err());

        gitops.assertExit(0, gitops.run(render("--path=app", "--show-secrets")));
        assertTrue(gitops.out(), gitops.out().contains("password: hunter2"));
        assertEquals(summary, gitops.err());
    }

    @Test
    public void aKustomizationAndAChartAreToldApartOrNamed() throws Exception {
        gitops.write("repo/app/settings.yaml", SETTINGS);
        gitops.write("repo/app/kustomization.yaml", "resources: [settings.yaml]\nnamePrefix: kustomized-\n");
        gitops.write("repo/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        gitops.write("repo/app/templates/settings.yaml", SETTINGS.replace("settings", "{{ .Release.Name }}-chart"));
        gitops.commit("repo");
        String both = refused("--path=app");
        assertTrue(
                both,
                both.startsWith("app/kustomization.yaml: error: app is both a Kustomize folder and a Helm chart"));
        gitops.assertExit(0, gitops.run(render("--path=app", "--renderer=kustomize")));
        assertTrue(gitops.out(), gitops.out().contains("# Source: app/settings.yaml:1:1\n"));
        assertTrue(gitops.out(), gitops.out().contains("name: kustomized-settings\n"));
        gitops.assertExit(0, gitops.run(render("--path=app", "--renderer=helm")));
        assertTrue(gitops.out(), gitops.out().startsWith("---\n# Source: app/templates/settings.yaml\n"));
        assertTrue(gitops.out(), gitops.out().contains("name: app-chart\n"));
        gitops.assertExit(0, gitops.run(render("--path=app/settings.yaml", "--renderer=plain")));
        assertTrue(gitops.out(), gitops.out().contains("name: settings\n"));
    }

    @Test
    public void everyFolderThatAPatternFitsIsRendered() throws Exception {
        for (String app : List.of("shop", "blog")) {
            gitops.write("repo/apps/" + app + "/base/settings.yaml", SETTINGS.replace("settings", app));
            gitops.write("repo/apps/" + app + "/base/kustomization.yaml", "resources: [settings.yaml]\n");
            gitops.write(
                    "repo/apps/" + app + "/overlays/prod/kustomization.yaml",
                    "resources: [../../base]\nnameSuffix: -prod\n");
        }
        gitops.commit("repo");
        JsonNode items = json("--path=apps/*/overlays/prod");
        assertEquals(List.of("blog-prod", "shop-prod"), items.findValuesAsText("name"));
    }

    @Test
    public void aChartGetsEveryOption() throws Exception {
        gitops.write("repo/shared.yaml", "from: {shared: shared, both: shared}\n");
        gitops.write("repo/chart/prod.yaml", "from: {prod: prod, both: prod}\n");
        gitops.write("repo/chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        gitops.write("repo/chart/crds/crd.yaml", SETTINGS.replace("settings", "from-the-crds-folder"));
        gitops.write(
                "repo/chart/templates/all.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: all}
                data:
                  from: {{ .Values.from | toJson | quote }}
                  set: {{ printf "%v %T" .Values.set .Values.set | quote }}
                  text: {{ printf "%v %T" .Values.text .Values.text | quote }}
                  release: {{ .Release.Name }}
                  namespace: {{ .Release.Namespace }}
                  version: {{ .Capabilities.KubeVersion.Version }}
                  one: {{ .Capabilities.APIVersions.Has "one.example.org/v1" | quote }}
                  two: {{ .Capabilities.APIVersions.Has "two.example.org/v1" | quote }}
                  three: {{ .Capabilities.APIVersions.Has "three.example.org/v1" | quote }}
                """);
        gitops.commit("repo");
        JsonNode items = json(
                "--path=chart",
                "--values=/shared.yaml",
                "--values=prod.yaml",
                "--set=set=1",
                "--set-string=text=1",
                "--release=mine",
                "--namespace=home",
                "--no-include-crds",
                "--kube-version=v1.31.0",
                "--api-versions=one.example.org/v1,two.example.org/v1");
        assertEquals(
                "[{\"from\":\"{\\\"both\\\":\\\"prod\\\",\\\"prod\\\":\\\"prod\\\",\\\"shared\\\":\\\"shared\\\"}\","
                        + "\"set\":\"1 int64\",\"text\":\"1 string\",\"release\":\"mine\",\"namespace\":\"home\","
                        + "\"version\":\"v1.31.0\",\"one\":\"true\",\"two\":\"true\",\"three\":\"false\"}]",
                items.findValues("data").toString());
        assertEquals(2, json("--path=chart", "--set=set=1", "--set=text=1").size());
        String missing = refused("--path=chart", "--values=none.yaml");
        assertTrue(missing, missing.contains("chart/none.yaml"));
    }

    @Test
    public void variablesComeFromFilesAndOptionsAndAreStrict() throws Exception {
        gitops.write("repo/app/a.yaml", SETTINGS.replace("blue", "\"${COLOUR} ${SHADE:-dark}\""));
        gitops.write("repo/vars.env", "COLOUR=green\nSHADE=light\n");
        gitops.commit("repo");
        gitops.assertExit(0, gitops.run(render("--path=app")));
        assertTrue("no value, no substitution", gitops.out().contains("${COLOUR} ${SHADE:-dark}"));
        assertEquals("green light", colour("--var-file=vars.env"));
        assertEquals("red light", colour("--var-file=vars.env", "--var=COLOUR=red"));
        assertEquals(" dark", colour("--var=OTHER=x", "--no-strict-vars"));
        String strict = refused("--path=app", "--var=OTHER=x");
        assertTrue(
                strict,
                strict.startsWith("app/a.yaml:1:1: error: ConfigMap/settings: data.colour: the variable \"COLOUR\" has"
                        + " neither a value nor a default"));
    }

    private String colour(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--path=app");
        return json(all.toArray(String[]::new)).get(0).at("/data/colour").asText();
    }

    @Test
    public void whatSopsEncryptedIsShownOnlyWhereSecretsAre() throws Exception {
        Path key = gitops.file("key.txt");
        gitops.command(program(GoTool.AGE_KEYGEN), "-o", key.toString());
        String recipient =
                gitops.command(program(GoTool.AGE_KEYGEN), "-y", key.toString()).strip();
        Path plain = gitops.write("plain.yaml", SECRET);
        gitops.write(
                "repo/app/secret.yaml",
                gitops.command(
                        program(GoTool.SOPS),
                        "encrypt",
                        "--age=" + recipient,
                        "--encrypted-regex=^(data|stringData)$",
                        plain.toString()));
        gitops.commit("repo");
        String without = refused("--path=app");
        assertTrue(without, without.startsWith("app/secret.yaml:1:1: error: Secret/login: it is encrypted with SOPS"));
        JsonNode masked = json("--path=app", "--age-key-file=" + key).get(0);
        assertEquals("***", masked.at("/stringData/password").asText());
        assertFalse(masked.has("sops"));
        JsonNode shown =
                json("--path=app", "--age-key-file=" + key, "--show-secrets").get(0);
        assertEquals("hunter2", shown.at("/stringData/password").asText());
    }

    @Test
    public void onlyASignedCommitIsRenderedWhereThatIsAskedFor() throws Exception {
        for (String name : List.of("git", "ssh-keygen")) {
            if (ToolFinder.ofPath().find(name).isEmpty()) {
                System.out.println("Skipped: there is no " + name + " on this machine's PATH");
            }
            Assume.assumeTrue(
                    "there is no " + name, ToolFinder.ofPath().find(name).isPresent());
        }
        gitops.write("repo/app/a.yaml", SETTINGS);
        String repo = gitops.commit("repo").toString();
        String key = gitops.file("id").toString();
        gitops.command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "me", "-f", key);
        String[] signed = {"--path=app", "--verify=signed", "--signers=" + key + ".pub"};
        String unsigned = refused(signed);
        assertTrue(unsigned, unsigned.contains(" is not signed; sign it: git commit -S"));
        gitops.command(
                "git",
                "-C",
                repo,
                "-c",
                "user.name=me",
                "-c",
                "user.email=me@example.org",
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + key,
                "commit",
                "-q",
                "--amend",
                "-S",
                "-m",
                "Sign it");
        assertEquals(1, json(signed).size());
        gitops.command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "other", "-f", key + "2");
        String unknown = refused("--path=app", "--verify=signed", "--signers=" + key + "2.pub");
        assertTrue(unknown, unknown.contains(", which is not one of the trusted signers"));
        Path binary = gitops.file("keys.gpg");
        Files.write(binary, new byte[] {(byte) 0x99, 1, (byte) 0xff});
        String notText = refused("--path=app", "--verify=signed", "--signers=" + binary);
        assertTrue(notText, notText.contains("keys.gpg\" is not text; export OpenPGP keys with gpg --armor --export"));
    }

    @Test
    public void whatIsWrongIsToldWithItsPlaceAndNothingIsPrinted() throws Exception {
        gitops.write("repo/app/a.yaml", SETTINGS.replace("colour: blue", "colour: blue, colour: red"));
        gitops.commit("repo");
        String twice = refused("--path=app", "-o", "json");
        assertTrue(twice, twice.contains("app/a.yaml:4:"));
        String key = refused("--path=app", "--age-key-file=" + gitops.file("none"));
        assertTrue(key, key.startsWith("error: the age key file "));
        String program = refused("--path=app", "--verify=signed");
        assertTrue(program, program.contains("--signers"));
        String signers = refused("--path=app", "--verify=signed", "--signers=" + gitops.file("repo/app/a.yaml"));
        assertTrue(signers, signers.contains("a.yaml:1 is not a public key"));
    }

    @Test
    public void theWorkingTreeIsReadOnlyWhereItIsAskedFor() throws Exception {
        gitops.write("repo/app/a.yaml", SETTINGS);
        gitops.commit("repo");
        gitops.write("repo/app/a.yaml", SETTINGS.replace("blue", "red"));
        assertEquals("blue", colour());
        assertEquals("red", colour("--working-tree"));
        assertEquals("blue", colour("--revision=main"));
    }
}
