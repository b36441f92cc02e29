package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.Manifests;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Plan, approve, apply: what was approved is done, and nothing else. */
public class GitopsPlanStepJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowJob job;

    @Before
    public void aPlanToApprove() throws Exception {
        write("settings", "blue");
        job = fixture.job(
                "deploy",
                """
                node {
                    %s
                    def planned = gitopsPlan %s
                    echo "planned ${planned.counts.created} to create, ${planned.counts.updated} to update"
                    if (planned.status == 'OUT_OF_SYNC') {
                        input id: 'Approve', message: "Carry out ${planned.reportUrl}?"
                        def done = gitopsSync %s, plan: planned.plan
                        echo "done ${done.counts.created} created, ${done.counts.updated} updated at ${done.revision}"
                    }
                }
                """
                        .formatted(fixture.checkout(), fixture.arguments(), fixture.arguments()));
    }

    private String write(String name, String colour) throws Exception {
        fixture.engine.repository().write(name + ".yaml", Manifests.configMap(name, "colour", colour));
        return fixture.engine.repository().commit("Paint " + name + " " + colour);
    }

    private WorkflowRun planned() throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        fixture.jenkins.waitForMessage("Proceed or Abort", run);
        return run;
    }

    private WorkflowRun approved(WorkflowRun run) throws Exception {
        InputStepExecution input = run.getAction(InputAction.class).getExecution("Approve");
        input.proceed(null);
        return fixture.jenkins.waitForCompletion(run);
    }

    private String colour(String name) throws Exception {
        return fixture.engine.kubectl(
                "get", "configmap/" + name, "--ignore-not-found", "-o", "jsonpath={.data.colour}");
    }

    @Test
    public void whatWasApprovedIsDone() throws Exception {
        WorkflowRun run = planned();
        fixture.jenkins.assertLogContains("planned 1 to create, 0 to update", run);
        assertEquals("a plan changes nothing", "", colour("settings"));
        fixture.jenkins.assertBuildStatusSuccess(approved(run));
        fixture.jenkins.assertLogContains("done 1 created, 0 updated at", run);
        assertEquals("blue", colour("settings"));

        WorkflowRun quiet = fixture.build(job);
        fixture.jenkins.assertBuildStatusSuccess(quiet);
        fixture.jenkins.assertLogContains("planned 0 to create, 0 to update", quiet);
        fixture.jenkins.assertLogNotContains("Proceed or Abort", quiet);
    }

    @Test
    public void aPlanThatTheClusterHasLeftBehindIsRefused() throws Exception {
        fixture.jenkins.assertBuildStatusSuccess(approved(planned()));
        write("settings", "red");
        WorkflowRun run = planned();
        fixture.engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"pink\"}}");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, approved(run));
        fixture.jenkins.assertLogContains("ERROR: shop: Refused", run);
        assertEquals("nothing was written", "pink", colour("settings"));
    }

    @Test
    public void aPlanOfAnotherBuildIsRefused() throws Exception {
        WorkflowRun first = planned();
        fixture.define(
                job,
                "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments()
                        + ", plan: 'gitops/shop/plan.json' }");
        WorkflowRun other = fixture.build(job);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, other);
        fixture.jenkins.assertLogContains("This build has no plan \"gitops/shop/plan.json\"", other);
        assertEquals("", colour("settings"));
        first.doStop();
        fixture.jenkins.waitForCompletion(first);
    }
}
