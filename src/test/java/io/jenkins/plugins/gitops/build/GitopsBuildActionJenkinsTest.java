package io.jenkins.plugins.gitops.build;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.steps.PipelineJenkinsFixture;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The pages of a build. */
public class GitopsBuildActionJenkinsTest {

    private static final String NASTY = "<img src=x onerror=alert(1)>";

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowRun run;
    private JenkinsRule.WebClient client;

    @Before
    public void aBuildWithDrift() throws Exception {
        fixture.engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", NASTY));
        fixture.engine.repository().write("same.yaml", Manifests.configMap("same", "a", "b"));
        fixture.engine.repository().commit("Paint " + NASTY);
        WorkflowJob job =
                fixture.job("deploy", "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments() + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        fixture.engine.kubectl(
                "patch",
                "configmap/settings",
                "-p",
                "{\"data\":{\"colour\":\"pink" + NASTY + "\",\"lines\":\"one\\ntwo\\n\"}}");
        run = fixture.build(job);
        client = fixture.jenkins.createWebClient();
    }

    private HtmlPage page(String path) throws Exception {
        return client.getPage(run, path);
    }

    @Test
    public void thePageTellsWhatWasFoundAndDone() throws Exception {
        String text = page("gitops/app/shop/").getElementById("main-panel").asNormalizedText();
        for (String expected : List.of(
                "In sync: The cluster is what Git declares",
                "0 created, 1 updated, 1 unchanged, 0 pruned; 1 drifted",
                "One object had left what was last synced",
                "Paint " + NASTY,
                "namespace " + fixture.engine.namespace(),
                fixture.engine.namespace() + "/settings",
                "updated",
                "drift corrected",
                "settings.yaml:1:1",
                "One object is exactly what Git declares",
                "report.json")) {
            assertTrue(expected + " is in\n" + text, text.toLowerCase().contains(expected.toLowerCase()));
        }
    }

    @Test
    public void whyAnObjectIsNotHealthyHasALineOfItsOwn() throws Exception {
        fixture.engine.repository().write("web.yaml", Manifests.deployment("web", 2, "registry.example.org/web:1.0"));
        fixture.engine.repository().commit("Add what no controller looks after");
        WorkflowJob job = fixture.job(
                "web",
                "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments() + ", timeoutSeconds: 1 }");
        run = fixture.build(job);

        HtmlPage page = page("gitops/app/shop/");
        DomNode health = page.querySelector("table.gitops-objects td > span.jenkins-\\!-warning-color");
        assertEquals("progressing", health.getTextContent());
        DomNode reason = page.querySelector("table.gitops-objects td[colspan='5'] > span.jenkins-\\!-warning-color");
        assertFalse("the reason", reason.getTextContent().isBlank());
    }

    @Test
    public void fieldsAreShownWithoutAScript() throws Exception {
        client.getOptions().setJavaScriptEnabled(false);
        HtmlPage page = page("gitops/app/shop/");
        DomElement fields = page.querySelector("details table.gitops-fields");
        assertNotNull("expandable by the browser itself", fields);
        String text = fields.getTextContent();
        assertTrue(text, text.contains("data.colour"));
        assertTrue(text, text.contains("pink" + NASTY));
        assertTrue(text, text.contains("kubectl-patch"));
    }

    @Test
    public void whatOthersWroteIsInert() throws Exception {
        for (String path : List.of("", "gitops/", "gitops/app/shop/")) {
            HtmlPage page = page(path);
            for (DomNode image : page.querySelectorAll("img[src=x]")) {
                throw new AssertionError(path + ": " + image);
            }
            assertFalse(path, page.getWebResponse().getContentAsString().contains(NASTY));
        }
    }

    /** A content security policy without inline scripts and styles leaves the page as it is. */
    @Test
    public void ourPartOfThePageHasNoInlineScriptOrStyle() throws Exception {
        for (String path : List.of("gitops/", "gitops/app/shop/")) {
            HtmlPage page = page(path);
            DomElement panel = page.getElementById("main-panel");
            assertEquals(
                    path,
                    0,
                    panel.querySelectorAll("[style], style, [onclick], script:not([src])")
                            .size());
        }
    }

    @Test
    public void theBuildsPageHasALinkAndASummary() throws Exception {
        HtmlPage page = page("");
        assertNotNull("side panel", page.getAnchorByHref("/jenkins/" + run.getUrl() + "gitops"));
        String text = page.getElementById("main-panel").asNormalizedText();
        assertTrue(text, text.contains("shop"));
        assertTrue(text, text.contains("1 drifted"));
        HtmlPage app = page.getAnchorByHref("gitops/app/shop/").click();
        assertEquals(200, app.getWebResponse().getStatusCode());
        HtmlPage overview = page("gitops/").getAnchorByHref("app/shop/").click();
        assertEquals(200, overview.getWebResponse().getStatusCode());
    }

    @Test
    public void archivedFilesCanBeOpened() throws Exception {
        HtmlPage page = page("gitops/app/shop/");
        String json =
                page.getAnchorByText("report.json").click().getWebResponse().getContentAsString();
        assertTrue(json, json.startsWith("{"));
        HtmlPage html = page.getAnchorByText("report.html").click();
        assertTrue(html.asNormalizedText().contains("settings"));
    }

    @Test
    public void thePageSurvivesTheReportsDeletion() throws Exception {
        run.deleteArtifacts();
        String text = page("gitops/app/shop/").getElementById("main-panel").asNormalizedText();
        assertTrue(text, text.contains("the archived report was deleted"));
        assertTrue(text, text.contains("0 created, 1 updated"));
    }

    @Test
    public void thePageIsThereAfterAReload() throws Exception {
        run.reload();
        GitopsBuildAction action = run.getAction(GitopsBuildAction.class);
        assertEquals("shop", action.getApps().get(0).getKey());
        assertEquals(1, action.getApp("shop").getDrifted());
        assertEquals(200, page("gitops/app/shop/").getWebResponse().getStatusCode());
        client.setThrowExceptionOnFailingStatusCode(false);
        assertEquals(404, page("gitops/app/other/").getWebResponse().getStatusCode());
    }
}
