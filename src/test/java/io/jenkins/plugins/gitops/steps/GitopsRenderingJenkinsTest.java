package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.render.RealTools;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Kustomize and Helm in builds: where they are found, and what an administrator lets them do. */
public class GitopsRenderingJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowJob job;

    @Before
    public void job() throws Exception {
        job = fixture.job("deploy", "");
    }

    /** @param environment as {@code withEnv} takes it, around the step alone */
    private WorkflowRun sync(String environment) throws Exception {
        fixture.define(
                job,
                "node { " + fixture.checkout() + "; withEnv([" + environment + "]) { gitopsSync " + fixture.arguments()
                        + " } }");
        return fixture.build(job);
    }

    private static String pathWithKustomize() throws InterruptedException {
        return "'PATH=/nowhere', 'PATH+KUSTOMIZE="
                + RealTools.find(GoTool.KUSTOMIZE).getParent() + "'";
    }

    @Test
    public void programsAreFoundOnThePathOfTheBuild() throws Exception {
        fixture.engine
                .repository()
                .write("settings.yaml", Manifests.configMap("settings", "colour", "blue"))
                .write("kustomization.yaml", "resources: [settings.yaml]\nnamePrefix: my-\n")
                .commit("Name it");
        WorkflowRun without = sync("'PATH=/nowhere'");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, without);
        fixture.jenkins.assertLogContains("there is neither kustomize nor kubectl on the PATH", without);
        fixture.jenkins.assertBuildStatusSuccess(sync(pathWithKustomize()));
        assertEquals("blue", fixture.engine.kubectl("get", "configmap/my-settings", "-o", "jsonpath={.data.colour}"));
    }

    @Test
    public void remoteBasesAreForAnAdministratorToAllow() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        byte[] settings = Manifests.configMap("settings", "colour", "blue").getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, settings.length);
            exchange.getResponseBody().write(settings);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/settings.yaml";
            fixture.engine
                    .repository()
                    .write("kustomization.yaml", "resources: ['" + url + "']\nnamePrefix: my-\n")
                    .commit("Build on what is elsewhere");
            WorkflowRun refused = sync(pathWithKustomize());
            fixture.jenkins.assertBuildStatus(Result.FAILURE, refused);
            fixture.jenkins.assertLogContains("remote bases are refused", refused);
            assertEquals(List.of(), asked);

            GitopsRendering.get().setRemoteAllowed(true);
            fixture.jenkins.assertBuildStatusSuccess(sync(pathWithKustomize()));
            assertEquals(List.of("/settings.yaml"), asked);
            assertEquals(
                    "blue", fixture.engine.kubectl("get", "configmap/my-settings", "-o", "jsonpath={.data.colour}"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    public void theChoiceIsKeptAndShownAndReadFromCode() throws Exception {
        assertFalse("by default", GitopsRendering.get().isRemoteAllowed());
        try (JenkinsRule.WebClient web = fixture.jenkins.createWebClient()) {
            HtmlForm form = web.goTo("configure").getFormByName("config");
            HtmlInput box = form.getInputByName("_.remoteAllowed");
            assertFalse(box.isChecked());
            box.setChecked(true);
            fixture.jenkins.submit(form);
            assertTrue("as it was saved", new GitopsRendering().isRemoteAllowed());
            assertTrue(web.goTo("configure")
                    .getFormByName("config")
                    .getInputByName("_.remoteAllowed")
                    .isChecked());
        }
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(export);
        String yaml = export.toString(StandardCharsets.UTF_8);
        assertTrue(yaml, yaml.contains("  gitopsRendering:\n    remoteAllowed: true\n"));

        Path file = fixture.engine.newFile("jenkins.yaml").toPath();
        Files.writeString(file, "unclassified:\n  gitopsRendering:\n    remoteAllowed: false\n");
        ConfigurationAsCode.get().configure(file.toString());
        assertFalse(GitopsRendering.get().isRemoteAllowed());
    }
}
