package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.gitops.build.GitopsBuildAction;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Builds that are aborted, or in which an app does not become healthy: nothing rolls out on this API server. */
public class GitopsSyncInterruptJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    @Before
    public void configRepository() throws Exception {
        fixture.engine.repository().write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        fixture.engine.repository().commit("Run the web");
    }

    private WorkflowRun abortWhileWaiting(String label) throws Exception {
        WorkflowJob job = fixture.job(
                "deploy",
                """
                node('%s') {
                    %s
                    try {
                        gitopsSync %s
                    } finally {
                        echo 'cleaned up'
                    }
                }
                """
                        .formatted(label, fixture.checkout(), fixture.arguments()));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        fixture.jenkins.waitForMessage("waiting: 0 of 1 healthy", run);
        Instant before = Instant.now();
        run.doStop();
        fixture.jenkins.waitForCompletion(run);
        assertTrue("ended soon", Duration.between(before, Instant.now()).toSeconds() < 20);
        return run;
    }

    private void assertReported(WorkflowRun run) throws Exception {
        fixture.jenkins.assertBuildStatus(Result.ABORTED, run);
        fixture.jenkins.assertLogContains("cleaned up", run);
        Report report = PipelineJenkinsFixture.report(run, "shop");
        assertEquals(Status.ABORTED, report.status());
        assertEquals("what was done before is in the report", 1, report.counts().created());
        assertNotNull(run.getAction(GitopsBuildAction.class).getApp("shop"));
        String log = PipelineJenkinsFixture.log(run);
        assertTrue(
                "the report is archived before the build goes on",
                log.indexOf("Aborted: ") > 0 && log.indexOf("Aborted: ") < log.indexOf("cleaned up"));
    }

    @Test
    public void anAbortIsObeyedAndWhatWasDoneIsReported() throws Exception {
        assertReported(abortWhileWaiting("built-in"));
    }

    @Test
    public void anAbortReachesTheRunOnAnAgent() throws Exception {
        fixture.jenkins.createOnlineSlave(fixture.jenkins.jenkins.getLabelAtom("remote"));
        assertReported(abortWhileWaiting("remote"));
    }

    @Test
    public void whatDoesNotBecomeHealthyInTimeFailsTheStep() throws Exception {
        WorkflowRun run = fixture.build(fixture.job(
                "deploy",
                "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments() + ", timeoutSeconds: 1 }"));
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
        fixture.jenkins.assertLogContains("ERROR: shop: Not healthy: ", run);
        assertEquals(
                Status.UNHEALTHY, PipelineJenkinsFixture.report(run, "shop").status());
        assertEquals("deployment.apps/web", fixture.engine.kubectl("get", "deployment/web", "-o", "name"));
    }

    @Test
    public void withoutWaitingTheClustersConsentIsEnough() throws Exception {
        WorkflowRun run = fixture.build(fixture.job(
                "deploy", "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments() + ", wait: false }"));
        fixture.jenkins.assertBuildStatusSuccess(run);
    }

    @Test
    public void whoeverHasToWaitIsToldForWhichBuild() throws Exception {
        String sync = "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments();
        WorkflowRun first = fixture.job("first", sync + " }").scheduleBuild2(0).waitForStart();
        fixture.jenkins.waitForMessage("waiting: 0 of 1 healthy", first);
        fixture.engine.repository().write("more.yaml", Manifests.configMap("more", "a", "b"));
        fixture.engine.repository().commit("Add more");
        WorkflowRun second = fixture.build(fixture.job("second", sync + ", lockTimeoutSeconds: 0 }"));
        fixture.jenkins.assertBuildStatus(Result.FAILURE, second);
        fixture.jenkins.assertLogContains(first.getAbsoluteUrl(), second);
        first.doStop();
        fixture.jenkins.waitForCompletion(first);
    }
}
