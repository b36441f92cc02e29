package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With files that the real sops encrypts for a key of the real age. */
public class SopsIT {

    private static final String RULE = "--encrypted-regex=^(data|stringData)$";

    private static final String SECRET =
            """
            # a comment
            apiVersion: v1
            kind: Secret
            metadata:
              name: db
              annotations: {a: "1.50", b: "yes"}
            stringData:
              # another one
              password: hunter2
              empty: ""
              text: |
                two
                lines
            immutable: true
            type: Opaque
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: second}
            data: {key: c2Vjb25k}
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path keyFile;
    private String recipient;
    private AgeKeys keys;

    @Before
    public void makeKey() throws Exception {
        keyFile = folder.getRoot().toPath().resolve("key.txt");
        run(RealTools.find(GoTool.AGE_KEYGEN), "-o", keyFile.toString());
        recipient =
                run(RealTools.find(GoTool.AGE_KEYGEN), "-y", keyFile.toString()).strip();
        keys = AgeKeys.parse("key.txt", Files.readString(keyFile));
    }

    @Test
    public void decryptsWhatSopsEncrypted() throws Exception {
        String encrypted = encrypt("s.yaml", SECRET, RULE);
        assertFalse(encrypted.contains("hunter2"));
        RenderResult result = render(new MemoryTree().with("s.yaml", encrypted), "");
        assertEquals(List.of(), result.problems());
        JsonNode first = result.manifests().get(0).json();
        assertFalse(first.has("sops"));
        assertEquals(
                "{\"password\":\"hunter2\",\"empty\":\"\",\"text\":\"two\\nlines\\n\"}",
                first.path("stringData").toString());
        assertEquals(
                "c2Vjb25k",
                result.manifests().get(1).json().path("data").path("key").asText());
    }

    @Test
    public void everyRuleOfSopsIsKept() throws Exception {
        String values = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a_enc: x, b: \"y\"}\n";
        for (List<String> rule : List.of(
                List.of("--encrypted-suffix=_enc"),
                List.of("--unencrypted-regex=^(apiVersion|kind|metadata|b)$"),
                List.of("mac_only_encrypted"))) {
            String encrypted = encrypt("a.yaml", values, rule.toArray(String[]::new));
            RenderResult result = render(new MemoryTree().with("a.yaml", encrypted), "");
            assertEquals(rule.toString(), List.of(), result.problems());
            assertEquals(
                    "{\"a_enc\":\"x\",\"b\":\"y\"}",
                    result.manifests().get(0).json().path("stringData").toString());
        }
    }

    @Test
    public void whatKustomizeChangedAroundItIsKept() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("base/kustomization.yaml", "resources: [s.yaml]\n")
                .with("base/s.yaml", encrypt("s.yaml", SECRET, RULE))
                .with(
                        "prod/kustomization.yaml",
                        "resources: [../base]\nnamePrefix: prod-\nnamespace: shop\n"
                                + "secretGenerator: [{name: files, files: [conf.yaml, raw=blob.txt]}]\n"
                                + "generatorOptions: {disableNameSuffixHash: true}\n")
                .with("prod/conf.yaml", encrypt("conf.yaml", "db:\n  port: 5432\n  on: true\n  rate: 1.5\n"))
                .with("prod/blob.txt", encrypt("blob.txt", "raw\ntext"));
        RenderResult result = render(tree, "prod");
        assertEquals(List.of(), result.problems());
        assertEquals(
                List.of("prod-db shop", "prod-files shop", "prod-second shop"),
                result.manifests().stream()
                        .map(manifest -> manifest.name() + " " + manifest.namespace())
                        .toList());
        assertEquals(
                "hunter2",
                result.manifests()
                        .get(0)
                        .json()
                        .path("stringData")
                        .path("password")
                        .asText());
        assertEquals("base/s.yaml:2:1", result.manifests().get(0).location().toString());
        JsonNode files = result.manifests().get(1).json().path("data");
        assertEquals("db:\n  port: 5432\n  \"on\": true\n  rate: 1.5\n", decoded(files.path("conf.yaml")));
        assertEquals("raw\ntext", decoded(files.path("raw")));
    }

    @Test
    public void aFlippedBitIsRefused() throws Exception {
        String encrypted = encrypt("s.yaml", SECRET, RULE);
        List<String> broken = new ArrayList<>();
        Matcher parts = Pattern.compile("(data|iv|tag):([A-Za-z0-9+/]{4})").matcher(encrypted);
        while (parts.find()) {
            byte[] bytes = Base64.getDecoder().decode(parts.group(2));
            bytes[0] ^= 1;
            String flipped = Base64.getEncoder().encodeToString(bytes);
            boolean comment = encrypted.startsWith("#", encrypted.lastIndexOf("\n", parts.start()) + 5);
            if (!comment) {
                broken.add(encrypted.substring(0, parts.start(2)) + flipped + encrypted.substring(parts.end(2)));
            }
        }
        // What is not encrypted is authenticated too, and so is that nothing is missing or moved.
        broken.add(encrypted.replace("type: Opaque", "type: Opaqua"));
        broken.add(encrypted.replace("immutable: true", "immutable: false"));
        broken.add(encrypted.replaceFirst("    password: .*\n", ""));
        broken.add(encrypted.replaceFirst("name: second", "name: third"));
        broken.add(encrypted.substring(0, encrypted.indexOf("\n---\n") + 1));
        broken.add(encrypted.replaceFirst("lastmodified: \"2", "lastmodified: \"3"));
        assertTrue(String.valueOf(broken.size()), broken.size() > 15);
        for (String file : broken) {
            assertFalse(file.equals(encrypted));
            RenderResult result = render(new MemoryTree().with("s.yaml", file), "");
            assertEquals(file, List.of(), result.manifests());
            assertTrue(
                    result.problems().get(0).message(), result.problems().get(0).isError());
            assertFalse(result.problems().toString().contains("hunter2"));
        }
        assertEquals(
                "s.yaml:2:1: Secret/db: its authentication code does not fit: something was changed after it was encrypted;"
                        + " edit the file with sops, never by hand",
                render(new MemoryTree().with("s.yaml", encrypted.replace("Opaque", "Opaqua")), "")
                        .problems()
                        .get(0)
                        .toString());
    }

    @Test
    public void withoutTheKeyItIsRefused() throws Exception {
        MemoryTree tree = new MemoryTree().with("s.yaml", encrypt("s.yaml", SECRET, RULE));
        assertEquals(
                "s.yaml:2:1: Secret/db: it is encrypted with SOPS, and there is no age key; give the age key file",
                render(RenderPolicy.DEFAULT, tree, "").problems().get(0).toString());
        Path other = folder.getRoot().toPath().resolve("other.txt");
        run(RealTools.find(GoTool.AGE_KEYGEN), "-o", other.toString());
        AgeKeys wrong = AgeKeys.parse("other.txt", Files.readString(other));
        assertEquals(
                "s.yaml:2:1: Secret/db: none of the age keys fits: it is encrypted for " + recipient
                        + ", or its key is damaged; give the key of one of them, or add yours with sops updatekeys",
                render(RenderPolicy.DEFAULT.withAgeKeys(wrong), tree, "")
                        .problems()
                        .get(0)
                        .toString());
        AgeKeys both = AgeKeys.parse("both", Files.readString(other) + Files.readString(keyFile));
        assertEquals(
                List.of(),
                render(RenderPolicy.DEFAULT.withAgeKeys(both), tree, "").problems());
        assertFalse(both.toString().contains("AGE"));
    }

    @Test
    public void otherKindsOfKeysAreNamedAndRefused() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with(
                        "s.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: a}
                        data: {a: "ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]"}
                        sops:
                          pgp: [{fp: ABC, enc: x}]
                          kms: [{arn: x, enc: x}]
                          mac: x
                        """);
        assertEquals(
                "s.yaml:1:1: Secret/a: it is encrypted with pgp, kms, and only age keys are supported; add an age recipient"
                        + " with sops updatekeys",
                render(tree, "").problems().get(0).toString());
    }

    @Test
    public void onlyValuesOfSecretsAreDecrypted() throws Exception {
        String configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n";
        String rest =
                "; only data and stringData of Secrets are decrypted, as all else is shown in reports; encrypt with"
                        + " --encrypted-regex '^(data|stringData)$', and keep secret values in Secrets";
        assertEquals(
                "a.yaml:1:1: ConfigMap/a: it is encrypted with SOPS and is no Secret" + rest,
                render(new MemoryTree().with("a.yaml", encrypt("a.yaml", configMap, RULE)), "")
                        .problems()
                        .get(0)
                        .toString());
        assertEquals(
                "a.yaml:2:1: Secret/db: its metadata.annotations.a is encrypted with SOPS" + rest,
                render(
                                new MemoryTree()
                                        .with(
                                                "a.yaml",
                                                encrypt("a.yaml", SECRET, "--encrypted-regex=^(stringData|data|a)$")),
                                "")
                        .problems()
                        .get(0)
                        .toString());
    }

    @Test
    public void aKeyFileThatIsNoneIsRefusedWithoutItsText() {
        BadInputException e =
                assertThrows(BadInputException.class, () -> AgeKeys.parse("key.txt", "# x\nAGE-SECRET-KEY-1SECRET\n"));
        assertTrue(e.getMessage(), e.getMessage().startsWith("line 2 of key.txt is not an age key"));
        assertFalse(e.getMessage().contains("1SECRET"));
        assertThrows(BadInputException.class, () -> AgeKeys.parse("key.txt", "# nothing\n"));
    }

    private static String decoded(JsonNode base64) {
        return new String(Base64.getMimeDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
    }

    private String encrypt(String name, String text, String... options) throws Exception {
        Path file = folder.newFolder().toPath().resolve(name);
        Files.writeString(file, text);
        List<String> arguments = new ArrayList<>(List.of("encrypt", "--age=" + recipient));
        if (List.of(options).contains("mac_only_encrypted")) {
            // There is no option for it.
            Path config = folder.newFolder().toPath().resolve(".sops.yaml");
            Files.writeString(
                    config,
                    "creation_rules: [{age: " + recipient
                            + ", encrypted_regex: ^stringData$, mac_only_encrypted: true}]\n");
            arguments = new ArrayList<>(List.of("--config=" + config, "encrypt"));
        } else {
            arguments.addAll(List.of(options));
        }
        arguments.add(file.toString());
        return run(RealTools.find(GoTool.SOPS), arguments.toArray(String[]::new));
    }

    private String run(Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.newFile().toPath();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.getRoot())
                .redirectOutput(output.toFile())
                .redirectError(new File(folder.getRoot(), "errors.txt"));
        builder.environment().put("HOME", folder.getRoot().toString());
        assertEquals(String.join(" ", command), 0, builder.start().waitFor());
        return Files.readString(output);
    }

    private RenderResult render(MemoryTree tree, String path) throws Exception {
        return render(RenderPolicy.DEFAULT.withTools(RealTools.policy()).withAgeKeys(keys), tree, path);
    }

    private static RenderResult render(RenderPolicy policy, MemoryTree tree, String path) throws Exception {
        RenderResult result = Renderers.of(policy, new RenderTarget("app", RenderTarget.Cluster.without(null)))
                .render(tree, path);
        for (Problem problem : result.problems()) {
            assertTrue(problem.toString(), problem.isError());
        }
        return result;
    }
}
