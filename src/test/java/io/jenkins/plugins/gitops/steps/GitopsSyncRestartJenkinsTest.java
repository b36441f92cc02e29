package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/** A controller that is restarted in the middle of a sync. */
public class GitopsSyncRestartJenkinsTest {

    private final EngineRule engine = new EngineRule();
    private final RealJenkinsRule controller =
            new RealJenkinsRule().javaOptions("-Dhudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT=true");

    @Rule
    public final RuleChain rules = RuleChain.outerRule(engine).around(controller);

    @Test
    public void theSyncStartsOverAndEndsWell() throws Throwable {
        engine.repository().write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        engine.repository().commit("Run the web");
        String kubeconfig = Files.readString(engine.cluster().kubeconfig());
        String script =
                """
                node {
                    checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '%s']])
                    def result = gitopsSync app: 'shop', namespace: '%s', kubeconfigCredentialsId: 'prod'
                    echo "after the restart: ${result.status}"
                }
                """
                        .formatted(engine.repository().directory(), engine.namespace());

        controller.startJenkins();
        RealJenkinsRule.Step start = rule -> start(rule, kubeconfig, script);
        controller.runRemotely(start);
        controller.stopJenkins();
        engine.kubectl(
                "patch",
                "deployment/web",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"observedGeneration\":1,\"replicas\":1,\"updatedReplicas\":1,\"readyReplicas\":1,"
                        + "\"availableReplicas\":1,\"conditions\":[{\"type\":\"Available\",\"status\":\"True\"},{\"type\":\"Progressing\","
                        + "\"status\":\"True\",\"reason\":\"NewReplicaSetAvailable\"}]}}");
        controller.startJenkins();
        RealJenkinsRule.Step finish = GitopsSyncRestartJenkinsTest::finish;
        controller.runRemotely(finish);
    }

    private static void start(JenkinsRule rule, String kubeconfig, String script) throws Throwable {
        PipelineJenkinsFixture.addKubeconfig("prod", kubeconfig, CredentialsScope.GLOBAL);
        WorkflowJob job = rule.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        rule.waitForMessage("waiting: 0 of 1 healthy", run);
    }

    private static void finish(JenkinsRule rule) throws Throwable {
        WorkflowRun run =
                rule.jenkins.getItemByFullName("deploy", WorkflowJob.class).getLastBuild();
        rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
        rule.assertLogContains("Jenkins was restarted; shop is planned and synced anew", run);
        rule.assertLogContains("after the restart: IN_SYNC", run);
        assertEquals(List.of(4), List.of(run.getArtifacts().size()));
        assertEquals(Status.IN_SYNC, PipelineJenkinsFixture.report(run, "shop").status());
    }
}
