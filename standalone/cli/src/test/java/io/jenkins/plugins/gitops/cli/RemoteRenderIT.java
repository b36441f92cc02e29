package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.tool.ToolFinder;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import io.jenkins.plugins.gitops.localcluster.GoTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** {@code --allow-remote}: what leads out of the repository is not even asked for without it, and is taken with it. */
public class RemoteRenderIT {

    private static final String SETTINGS =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {colour: blue}
            """;

    @Rule
    public final CommandLineRule gitops = new CommandLineRule();

    private FolderServer server;

    @Before
    public void serve() throws Exception {
        server = new FolderServer(Files.createDirectories(gitops.file("served")));
    }

    @After
    public void stop() {
        server.close();
    }

    private static Path tool(GoTool tool) throws InterruptedException {
        return GoTools.find(tool, line -> System.err.println("[tools] " + line));
    }

    private int render(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "render",
                "--repo=" + gitops.commit("repo"),
                "--path=app",
                "--kustomize-binary=" + tool(GoTool.KUSTOMIZE),
                "--helm-binary=" + tool(GoTool.HELM)));
        command.addAll(List.of(arguments));
        return gitops.run(command);
    }

    private void assertRefusedWithoutARequest(String message) throws Exception {
        gitops.assertExit(2, render());
        assertTrue(gitops.err(), gitops.err().contains(message));
        assertEquals("", gitops.out());
        assertEquals(List.of(), server.asked());
    }

    @Test
    public void aRemoteFileOfAKustomization() throws Exception {
        gitops.write("served/settings.yaml", SETTINGS);
        String url = server.url() + "/settings.yaml";
        gitops.write("repo/app/kustomization.yaml", "resources:\n- " + url + "\nnamePrefix: my-\n");
        assertRefusedWithoutARequest("app/kustomization.yaml:2:3: error: resources[0]: \"" + url
                + "\" is not in this repository, and remote bases are refused");
        gitops.assertExit(0, render("--allow-remote"));
        assertTrue(gitops.out(), gitops.out().contains("name: my-settings\n"));
        assertEquals(List.of("/settings.yaml"), server.asked());
    }

    /** By way of the git of this machine, which Kustomize runs. */
    @Test
    public void aRemoteBaseOfAKustomization() throws Exception {
        boolean git = ToolFinder.ofPath().find("git").isPresent();
        if (!git) {
            System.out.println("Skipped: there is no git on this machine's PATH");
        }
        Assume.assumeTrue("there is no git on this machine's PATH", git);
        gitops.write("base/shop/kustomization.yaml", "resources: [settings.yaml]\n");
        gitops.write("base/shop/settings.yaml", SETTINGS);
        Path bare = gitops.file("served/base.git");
        gitops.command("git", "clone", "-q", "--bare", gitops.commit("base").toString(), bare.toString());
        String url = server.url() + "/base.git//shop?ref=main";
        gitops.write("repo/app/kustomization.yaml", "resources:\n- " + url + "\nnamePrefix: my-\n");
        assertRefusedWithoutARequest("\"" + url + "\" is not in this repository, and remote bases are refused");
        gitops.assertExit(0, render("--allow-remote"));
        assertTrue(gitops.out(), gitops.out().startsWith("---\n# Source: app/kustomization.yaml\n"));
        assertTrue(gitops.out(), gitops.out().contains("name: my-settings\n"));
        assertTrue(server.asked().toString(), server.asked().contains("/base.git/git-upload-pack"));
    }

    @Test
    public void aChartsDependency() throws Exception {
        gitops.write("library/colours/Chart.yaml", "apiVersion: v2\nname: colours\nversion: 1.2.3\n");
        gitops.write("library/colours/templates/settings.yaml", SETTINGS);
        Path served = gitops.file("served");
        String helm = tool(GoTool.HELM).toString();
        gitops.command(helm, "package", gitops.file("library/colours").toString(), "--destination=" + served);
        gitops.command(helm, "repo", "index", served.toString(), "--url=" + server.url());
        gitops.write(
                "repo/app/Chart.yaml",
                "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- name: colours\n  version: 1.2.3\n"
                        + "  repository: " + server.url() + "\n");
        assertRefusedWithoutARequest("colours");
        assertTrue(gitops.err(), gitops.err().startsWith("app/Chart.yaml:5:"));
        gitops.assertExit(0, render("--allow-remote"));
        assertTrue(gitops.out(), gitops.out().contains("name: settings\n"));
        assertTrue(server.asked().toString(), server.asked().contains("/colours-1.2.3.tgz"));
        // The copy that it was downloaded to is gone, and the repository is as it was.
        assertFalse(Files.exists(gitops.file("repo/app/charts")));
    }
}
