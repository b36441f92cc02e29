package io.jenkins.plugins.gitops.build;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import hudson.model.Item;
import hudson.model.ListView;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.steps.PipelineJenkinsFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Where a job shows what its builds found: trend, column, badge. */
public class JobPagesJenkinsTest {

    private static final String NASTY = "<img src=x onerror=alert(1)>";

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowJob job;
    private WorkflowRun first;
    private WorkflowRun second;
    private JenkinsRule.WebClient client;

    @Before
    public void twoChecksThatFindTheSameDrift() throws Exception {
        fixture.engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        fixture.engine.repository().commit("Paint");
        job = fixture.job("check", "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments() + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        fixture.engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"" + NASTY + "\"}}");
        fixture.define(job, "node { " + fixture.checkout() + "; gitopsDrift " + fixture.arguments() + " }");
        first = fixture.build(job);
        second = fixture.build(job);
        client = fixture.jenkins.createWebClient();
    }

    private static String text(HtmlPage page) {
        return page.getElementById("main-panel").asNormalizedText();
    }

    @Test
    public void theTrendHasABarForEachBuildThatLeadsToIt() throws Exception {
        HtmlPage page = client.getPage(job, "gitops/");
        assertTrue(text(page), text(page).contains("at most one object in one build"));
        assertEquals(3, page.querySelectorAll("svg.gitops-trend a").size());
        assertEquals(2, page.querySelectorAll("svg .gitops-trend__drifted").size());
        assertEquals(1, page.querySelectorAll("svg .gitops-trend__none").size());
        DomElement newest =
                (DomElement) page.querySelectorAll("svg.gitops-trend a").get(2);
        assertEquals("/jenkins/" + second.getUrl() + "gitops/", newest.getAttribute("href"));
        assertTrue(
                newest.getTextContent(), newest.getTextContent().contains("#3: 1 drifted, 0 pending, 0 not healthy"));
        HtmlPage build = client.goTo(second.getUrl() + "gitops/");
        assertTrue(text(build), text(build).contains("Out of sync"));
        assertNotNull(
                "small on the job's page",
                ((HtmlPage) client.getPage(job)).querySelector(".gitops-box svg.gitops-trend"));
    }

    @Test
    public void theBuildsPageTellsSinceWhenAnObjectHasDrifted() throws Exception {
        assertTrue(text(client.getPage(first, "gitops/app/shop/")).contains("new in this build"));
        HtmlPage page = client.getPage(second, "gitops/app/shop/");
        assertTrue(text(page), text(page).contains("since #2"));
        assertNotNull(page.getAnchorByHref("/jenkins/" + first.getUrl() + "gitops/"));
        first.delete();
        page = client.getPage(second, "gitops/app/shop/");
        assertTrue("told without a link", text(page).contains("since #2"));
        assertEquals(
                0,
                page.querySelectorAll("a[href='/jenkins/" + first.getUrl() + "gitops/']")
                        .size());
    }

    @Test
    public void theColumnShowsTheLastVerdictAndItsPage() throws Exception {
        ListView view = new ListView("gitops", fixture.jenkins.jenkins);
        fixture.jenkins.jenkins.addView(view);
        view.add(job);
        view.getColumns().add(new LastResultColumn());
        WorkflowJob idle = fixture.job("idle", "echo 'nothing'");
        view.add(idle);
        fixture.build(idle);
        HtmlPage page = client.goTo("view/gitops/");
        String row = page.getElementById("job_check").asNormalizedText();
        assertTrue(row, row.contains("Out of sync") && row.contains("1 drifted"));
        assertFalse(page.getElementById("job_idle").asNormalizedText().contains("sync"));
        String inView = "/jenkins/view/gitops/" + second.getUrl() + "gitops/app/shop/";
        HtmlPage app = page.getAnchorByHref(inView).click();
        assertTrue(text(app), text(app).contains("Out of sync"));
        fixture.jenkins.configRoundtrip(view);
        assertNotNull("kept by the form", view.getColumns().get(LastResultColumn.class));
    }

    @Test
    public void theBadgeInTheHistorySaysWhy() throws Exception {
        String content = client.goTo(job.getUrl() + "buildHistory/ajax", null)
                .getWebResponse()
                .getContentAsString();
        assertTrue(content, content.contains(second.getUrl() + "gitops/"));
        assertTrue(content, content.contains("shop: Out of sync, 1 drifted"));
    }

    @Test
    public void whatOthersWroteIsInertAndNoScriptIsOurs() throws Exception {
        for (String path : List.of(job.getUrl() + "gitops/", second.getUrl() + "gitops/app/shop/")) {
            HtmlPage page = client.goTo(path);
            assertFalse(path, page.getWebResponse().getContentAsString().contains(NASTY));
            assertEquals(
                    path,
                    0,
                    page.getElementById("main-panel")
                            .querySelectorAll("[style], style, [onclick], script:not([src])")
                            .size());
        }
    }

    @Test
    public void whoMayNotReadTheJobSeesNothingOfIt() throws Exception {
        fixture.jenkins.jenkins.setSecurityRealm(fixture.jenkins.createDummySecurityRealm());
        fixture.jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "reader")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
        client.setThrowExceptionOnFailingStatusCode(false);
        for (String path : List.of(job.getUrl() + "gitops/", second.getUrl() + "gitops/app/shop/")) {
            client.login("reader");
            assertEquals(path, 200, client.goTo(path).getWebResponse().getStatusCode());
            client.login("stranger");
            assertEquals(path, 404, client.goTo(path).getWebResponse().getStatusCode());
        }
    }

    @Test
    public void aDamagedReportIsToldInASentence() throws Exception {
        Path json = second.getRootDir().toPath().resolve("archive/gitops/shop/report.json");
        for (String content : List.of("", "{", "{\"schemaVersion\": 999}", "[".repeat(10_000))) {
            Files.writeString(json, content);
            HtmlPage page = client.getPage(second, "gitops/app/shop/");
            assertTrue(text(page), text(page).contains("gitops/shop/report.json is damaged"));
            assertTrue("what the build itself remembers", text(page).contains("1 drifted"));
        }
    }
}
