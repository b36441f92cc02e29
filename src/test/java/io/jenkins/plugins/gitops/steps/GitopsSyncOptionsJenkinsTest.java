package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.render.RealTools;
import io.jenkins.plugins.gitops.engine.tool.ToolFinder;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What the options of {@code gitopsSync} do, from a Pipeline to the cluster. */
public class GitopsSyncOptionsJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowJob job;

    @Before
    public void job() throws Exception {
        job = fixture.job("deploy", "");
    }

    private WorkflowRun run(String step, String... options) throws Exception {
        return runOn("", step, options);
    }

    private WorkflowRun runOn(String node, String step, String... options) throws Exception {
        String arguments = fixture.arguments() + String.join("", options);
        fixture.define(job, "node('" + node + "') { " + fixture.checkout() + "; " + step + " " + arguments + " }");
        return fixture.build(job);
    }

    private String value(String object, String path) throws Exception {
        return fixture.engine.kubectl("get", object, "-o", "jsonpath={" + path + "}");
    }

    @Test
    public void differencesThatAreIgnoredAreNotUndone() throws Exception {
        fixture.engine
                .repository()
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"))
                .commit("Paint it");
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync"));
        fixture.engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"pink\"}}");
        String ignore = ", ignoreDifferences: '{ignoreDifferences: [{kind: ConfigMap, jsonPointers: [/data/colour]}]}'";
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync", ignore));
        assertEquals("pink", value("configmap/settings", ".data.colour"));
        fixture.jenkins.assertBuildStatus(Result.UNSTABLE, run("gitopsSync"));
        assertEquals("blue", value("configmap/settings", ".data.colour"));
        WorkflowRun refused = run("gitopsSync", ", ignoreDifferences: 'ignoreDifferences: 7'");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, refused);
        fixture.jenkins.assertLogContains("ERROR: ignoreDifferences", refused);
    }

    @Test
    public void whatCannotBeChangedIsReplacedAndOthersObjectsAreTakenOverOnlyWhereThatIsAskedFor() throws Exception {
        String immutable = Manifests.configMap("settings", "colour", "%s") + "immutable: true\n";
        fixture.engine
                .repository()
                .write("settings.yaml", immutable.formatted("blue"))
                .commit("Set it in stone");
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync"));
        fixture.engine
                .repository()
                .write("settings.yaml", immutable.formatted("red"))
                .commit("Repaint the stone");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run("gitopsSync"));
        assertEquals("blue", value("configmap/settings", ".data.colour"));
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync", ", forceReplace: true"));
        assertEquals("red", value("configmap/settings", ".data.colour"));

        Path file = fixture.engine.newFile().toPath();
        Files.writeString(
                file,
                Manifests.configMap("theirs", "colour", "green")
                        .replace("metadata:\n", "metadata:\n  labels: {kustomize.toolkit.fluxcd.io/name: shop}\n"));
        fixture.engine.kubectl("apply", "--server-side", "--field-manager=kustomize-controller", "-f", file.toString());
        fixture.engine
                .repository()
                .write("theirs.yaml", Manifests.configMap("theirs", "colour", "green"))
                .commit("Move theirs here");
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync", ", takeOver: ['FLUX']"));
        assertFalse(value("configmap/theirs", ".metadata.labels").contains("fluxcd"));
    }

    @Test
    public void variablesAreSubstitutedAndTheBuildsEnvironmentIsNot() throws Exception {
        fixture.engine
                .repository()
                .write("settings.yaml", Manifests.configMap("settings", "colour", "${COLOUR} ${HOME:=nowhere}"))
                .commit("Leave the colour open");
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync", ", substitution: [values: ['COLOUR=blue']]"));
        assertEquals("blue nowhere", value("configmap/settings", ".data.colour"));
        WorkflowRun unknown = run("gitopsSync", ", substitution: [values: ['OTHER=blue']]");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, unknown);
        fixture.jenkins.assertLogContains("COLOUR", unknown);
    }

    @Test
    public void aChartIsRenderedOnTheAgentWithItsHelmAndSecretsAreDecryptedThere() throws Exception {
        // The real one, which only the agent has, and which leaves a mark that it ran.
        Path mark = fixture.engine.getRoot().toPath().resolve("helm-ran");
        Path helm = fixture.engine.newFolder("bin").toPath().resolve("helm");
        Files.writeString(helm, "#!/bin/sh\n: > " + mark + "\nexec " + RealTools.find(GoTool.HELM) + " \"$@\"\n");
        assertTrue(helm.toFile().setExecutable(true));
        DumbSlave agent = fixture.jenkins.createSlave(
                "charts", "charts", new EnvVars("PATH", helm.getParent() + File.pathSeparator + System.getenv("PATH")));
        fixture.jenkins.waitOnline(agent);
        fixture.engine
                .repository()
                .write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")
                .write("values.yaml", "colour: blue\n")
                .write("values-prod.yaml", "colour: red\n")
                .write(
                        "templates/settings.yaml",
                        Manifests.configMap("{{ .Release.Name }}", "colour", "{{ .Values.colour }}-{{ .Values.tag }}"))
                .commit("Make it a chart");
        WorkflowRun run = runOn(
                "charts",
                "gitopsSync",
                ", helm: [releaseName: 'shop-eu', valueFiles: ['values-prod.yaml'], stringValues: ['tag=010']]");
        fixture.jenkins.assertBuildStatusSuccess(run);
        assertEquals("red-010", value("configmap/shop-eu", ".data.colour"));
        assertTrue("it ran on the agent", Files.exists(mark));

        // The key is in nothing that a build leaves behind; that it decrypts is held by tests of the engine.
        Path keyFile = fixture.engine.getRoot().toPath().resolve("age.txt");
        assertEquals(
                0,
                new ProcessBuilder(RealTools.find(GoTool.AGE_KEYGEN).toString(), "-o", keyFile.toString())
                        .start()
                        .waitFor());
        String key = Files.readString(keyFile)
                .lines()
                .filter(line -> line.startsWith("AGE-SECRET-KEY-"))
                .findFirst()
                .orElseThrow();
        PipelineJenkinsFixture.addToken("age", key);
        fixture.jenkins.assertBuildStatusSuccess(
                runOn("charts", "gitopsSync", ", ageKeyCredentialsId: 'age', helm: [stringValues: ['tag=1']]"));
        try (Stream<Path> files = Files.walk(job.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        "the age key in " + file,
                        Files.readString(file, StandardCharsets.ISO_8859_1).contains(key));
            }
        }
        PipelineJenkinsFixture.addKubeconfig("other", "no key", CredentialsScope.GLOBAL);
        WorkflowRun refused = runOn("charts", "gitopsSync", ", ageKeyCredentialsId: 'other'");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, refused);
        fixture.jenkins.assertLogContains("credential other is not an age key", refused);
    }

    @Test
    public void onlyCommitsOfTrustedSignersAreRead() throws Exception {
        if (ToolFinder.ofPath().find("ssh-keygen").isEmpty()) {
            System.out.println("not run: ssh-keygen is not on the PATH");
        }
        org.junit.Assume.assumeTrue(ToolFinder.ofPath().find("ssh-keygen").isPresent());
        Path key = fixture.engine.getRoot().toPath().resolve("id");
        command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "me", "-f", key.toString());
        String signers =
                ", trustedSigners: '" + Files.readString(Path.of(key + ".pub")).strip() + "'";
        fixture.engine
                .repository()
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"))
                .commit("Paint it");
        WorkflowRun refused = run("gitopsSync", signers);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, refused);
        fixture.jenkins.assertLogContains("is not signed", refused);
        String directory = fixture.engine.repository().directory().toString();
        command(
                "git",
                "-C",
                directory,
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
        fixture.jenkins.assertBuildStatusSuccess(run("gitopsSync", signers));
        assertEquals("blue", value("configmap/settings", ".data.colour"));
    }

    private static void command(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(List.of(words) + ": " + said, 0, process.waitFor());
    }

    @Test
    public void manifestsAreValidatedWithoutAClusterAgainstSchemasAndTheWorkspacesPolicies() throws Exception {
        fixture.engine
                .repository()
                .write("web.yaml", Manifests.deployment("web", 1, "web:1").replace("replicas: 1", "replicas: one"))
                .commit("Count in words");
        fixture.define(job, "node { " + fixture.checkout() + "; gitopsValidate app: 'shop' }");
        WorkflowRun run = fixture.build(job);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
        fixture.jenkins.assertLogContains("web.yaml:", run);
        fixture.jenkins.assertLogContains("replicas", run);
        fixture.define(job, "node { " + fixture.checkout() + "; gitopsValidate app: 'shop', policies: '../..' }");
        WorkflowRun outside = fixture.build(job);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, outside);
        fixture.jenkins.assertLogContains("There is no folder \"../..\" in the workspace", outside);
    }
}
