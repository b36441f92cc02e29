package io.jenkins.plugins.gitops.steps;

import static io.jenkins.plugins.gitops.steps.PipelineJenkinsFixture.log;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.gitops.build.AppResult;
import io.jenkins.plugins.gitops.build.GitopsBuildAction;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.nodes.StepAtomNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** {@code gitopsSync} in Pipelines, on a real Jenkins and a real API server. */
public class GitopsSyncStepJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private String commit;

    @Before
    public void configRepository() throws Exception {
        fixture.engine
                .repository()
                .write("apps/shop/settings.yaml", Manifests.configMap("settings", "colour", "blue"))
                .write("apps/blog/settings.yaml", Manifests.configMap("blog", "colour", "green"));
        commit = fixture.engine.repository().commit("Add shop and blog");
    }

    private String sync(String... more) {
        return "gitopsSync path: 'apps/shop', " + fixture.arguments() + String.join("", more);
    }

    private WorkflowRun run(String script) throws Exception {
        return fixture.build(fixture.job("deploy", script));
    }

    private String colour() throws Exception {
        return fixture.engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}");
    }

    @Test
    public void theCheckoutOfTheWorkspaceIsSyncedAndTheResultIsReturned() throws Exception {
        WorkflowRun run = run(
                """
                node {
                    %s
                    def result = %s
                    echo "status ${result.status} at ${result.revision}"
                    echo "created ${result.counts.created} of ${result.counts['total']}, drifted ${result.drifted}"
                    echo "report ${result.reportUrl}"
                }
                """
                        .formatted(fixture.checkout(), sync()));
        fixture.jenkins.assertBuildStatusSuccess(run);
        assertEquals("blue", colour());
        fixture.jenkins.assertLogContains("ConfigMap/" + fixture.engine.namespace() + "/settings  created", run);
        fixture.jenkins.assertLogContains("status IN_SYNC at " + commit, run);
        fixture.jenkins.assertLogContains("created 1 of 1, drifted false", run);
        fixture.jenkins.assertLogContains("report " + fixture.jenkins.getURL() + "job/deploy/1/gitops/app/shop/", run);
        assertEquals(
                List.of("junit.xml", "report.html", "report.json", "report.md"),
                run.getArtifacts().stream()
                        .map(Run.Artifact::getFileName)
                        .sorted()
                        .toList());
        Report report = PipelineJenkinsFixture.report(run, "shop");
        assertEquals(Status.IN_SYNC, report.status());
        assertEquals("apps/shop", report.path());
    }

    @Test
    public void itRunsOnTheAgentThatHasTheWorkspace() throws Exception {
        DumbSlave agent = fixture.jenkins.createOnlineSlave();
        WorkflowRun run = run(
                """
                node('%s') {
                    %s
                    %s
                }
                """
                        .formatted(agent.getNodeName(), fixture.checkout(), sync()));
        fixture.jenkins.assertBuildStatusSuccess(run);
        fixture.jenkins.assertLogContains("1 created", run);
        assertEquals("blue", colour());
        assertEquals(
                commit, PipelineJenkinsFixture.report(run, "shop").revision().commit());
    }

    @Test
    public void theFolderInWhichTheStepRunsIsTheDefault() throws Exception {
        WorkflowRun run = run(
                """
                node {
                    %s
                    dir('apps/shop') {
                        gitopsSync %s
                    }
                }
                """
                        .formatted(fixture.checkout(), fixture.arguments()));
        fixture.jenkins.assertBuildStatusSuccess(run);
        assertEquals("apps/shop", PipelineJenkinsFixture.report(run, "shop").path());
    }

    @Test
    public void aNamedRepositoryIsCheckedOutByTheGitPluginWithItsChangelog() throws Exception {
        WorkflowJob job = fixture.job(
                "deploy",
                "node { gitopsSync path: 'apps/shop', repo: '"
                        + fixture.engine.repository().directory() + "', branch: 'main', " + fixture.arguments() + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        fixture.engine.repository().write("apps/shop/settings.yaml", Manifests.configMap("settings", "colour", "red"));
        String second = fixture.engine.repository().commit("Paint the shop red");

        WorkflowRun run = fixture.build(job);
        fixture.jenkins.assertBuildStatusSuccess(run);
        assertEquals("red", colour());
        assertEquals(
                second, PipelineJenkinsFixture.report(run, "shop").revision().commit());
        assertEquals(
                "the report names the repository and not a folder of the workspace",
                fixture.engine.repository().directory().toString(),
                PipelineJenkinsFixture.report(run, "shop").repository());
        List<String> changes = run.getChangeSets().stream()
                .flatMap(set -> Stream.of(set.getItems()))
                .map(change -> ((hudson.scm.ChangeLogSet.Entry) change).getMsg())
                .toList();
        assertEquals(List.of("Paint the shop red"), changes);
        assertFalse(
                "nothing to poll for", job.poll(hudson.model.TaskListener.NULL).hasChanges());
        fixture.engine.repository().write("README", "x");
        fixture.engine.repository().commit("Explain");
        assertTrue(
                "a push is seen by polling",
                job.poll(hudson.model.TaskListener.NULL).hasChanges());
    }

    @Test
    public void severalAppsOfOneBuildStandSideBySide() throws Exception {
        WorkflowRun run = run(
                """
                node {
                    %s
                    %s
                    gitopsSync app: 'blog', path: 'apps/blog', namespace: '%s', kubeconfigCredentialsId: 'prod'
                    %s
                }
                """
                        .formatted(fixture.checkout(), sync(), fixture.engine.namespace(), sync()));
        fixture.jenkins.assertBuildStatusSuccess(run);
        List<AppResult> apps = run.getAction(GitopsBuildAction.class).getApps();
        assertEquals(
                List.of("shop", "blog", "shop-2"),
                apps.stream().map(AppResult::getKey).toList());
        assertEquals(1, PipelineJenkinsFixture.report(run, "shop").counts().created());
        assertEquals(1, PipelineJenkinsFixture.report(run, "shop-2").counts().unchanged());
    }

    @Test
    public void driftTurnsTheBuildUnstableAndIsPutRight() throws Exception {
        WorkflowJob job = fixture.job("deploy", "node { " + fixture.checkout() + "; " + sync() + "; echo 'after' }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        fixture.engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"pink\"}}");

        WorkflowRun run = fixture.build(job);
        fixture.jenkins.assertBuildStatus(Result.UNSTABLE, run);
        assertEquals("blue", colour());
        fixture.jenkins.assertLogContains("data.colour: pink -> blue  by kubectl-patch", run);
        fixture.jenkins.assertLogContains("shop: one object had drifted and had to be put right", run);
        fixture.jenkins.assertLogContains("after", run);
        WarningAction warning = step(run).getPersistentAction(WarningAction.class);
        assertNotNull("the stage view shows which step it was", warning);
        assertEquals(Result.UNSTABLE, warning.getResult());
        assertEquals("shop: one object had drifted and had to be put right", warning.getMessage());
    }

    @Test
    public void driftFailsTheStepOrIsIgnoredWhereThatIsAskedFor() throws Exception {
        WorkflowJob job = fixture.job("deploy", "node { " + fixture.checkout() + "; " + sync() + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));

        fixture.engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"pink\"}}");
        fixture.define(job, "node { " + sync(", onDrift: 'FAILURE'") + "; echo 'after' }");
        WorkflowRun failed = fixture.build(job);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, failed);
        fixture.jenkins.assertLogContains("ERROR: shop: one object had drifted and had to be put right", failed);
        fixture.jenkins.assertLogNotContains("after", failed);
        assertEquals("blue", colour());

        fixture.engine.kubectl("delete", "configmap/settings");
        fixture.define(
                job,
                "node { echo \"drifted ${" + sync(", onDrift: 'IGNORE'").replace("gitopsSync ", "gitopsSync(")
                        + ").drifted}\" }");
        WorkflowRun ignored = fixture.build(job);
        fixture.jenkins.assertBuildStatusSuccess(ignored);
        fixture.jenkins.assertLogContains("drifted true", ignored);
        assertEquals("blue", colour());
    }

    @Test
    public void aManifestThatIsNotSoundFailsWithFileAndLineAndChangesNothing() throws Exception {
        fixture.engine
                .repository()
                .write(
                        "apps/shop/broken.yaml",
                        """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: broken
                dataa:
                  key: value
                """);
        fixture.engine.repository().commit("Mistype");
        WorkflowRun run = run("node { " + fixture.checkout() + "; " + sync() + " }");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
        fixture.jenkins.assertLogContains("apps/shop/broken.yaml:5", run);
        fixture.jenkins.assertLogContains("ERROR: shop: Invalid", run);
        assertNoStackTrace(run);
        assertEquals("", fixture.engine.kubectl("get", "configmap/settings", "--ignore-not-found", "-o", "name"));
        assertEquals(Status.INVALID, PipelineJenkinsFixture.report(run, "shop").status());
    }

    @Test
    public void withoutACheckoutTheStepSaysWhatToDo() throws Exception {
        WorkflowRun run = run("node { " + sync() + " }");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
        fixture.jenkins.assertLogContains("There is no Git checkout in the workspace", run);
        fixture.jenkins.assertLogContains("Run \"checkout scm\" before this step", run);
        assertNoStackTrace(run);
    }

    @Test
    public void whatLeftGitIsPrunedUnlessThatIsSwitchedOff() throws Exception {
        WorkflowJob job = fixture.job("deploy", "node { " + fixture.checkout() + "; " + sync() + " }");
        fixture.engine.repository().write("apps/shop/old.yaml", Manifests.configMap("old", "a", "b"));
        fixture.engine.repository().commit("Add what will go");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        fixture.engine.repository().delete("apps/shop/old.yaml");
        fixture.engine.repository().commit("Let it go");
        fixture.define(job, "node { " + fixture.checkout() + "; " + sync(", prune: false") + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        assertEquals("configmap/old", fixture.engine.kubectl("get", "configmap/old", "-o", "name"));
        fixture.define(job, "node { " + fixture.checkout() + "; " + sync() + " }");
        WorkflowRun run = fixture.build(job);
        fixture.jenkins.assertBuildStatusSuccess(run);
        fixture.jenkins.assertLogContains("1 pruned", run);
        assertEquals("", fixture.engine.kubectl("get", "configmap/old", "--ignore-not-found", "-o", "name"));
    }

    @Test
    public void aSecretsValuesAreInNothingThatABuildLeavesBehind() throws Exception {
        fixture.engine
                .repository()
                .write(
                        "apps/shop/db.yaml",
                        """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: db
                stringData:
                  password: correct-horse-battery
                """);
        fixture.engine.repository().commit("Give the database a password");
        WorkflowJob job = fixture.job("deploy", "node { " + fixture.checkout() + "; " + sync() + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        fixture.engine.kubectl("patch", "secret/db", "-p", "{\"stringData\":{\"password\":\"staple-battery\"}}");
        WorkflowRun run = fixture.build(job);
        fixture.jenkins.assertBuildStatus(Result.UNSTABLE, run);
        fixture.jenkins.assertLogContains("data.password: *** (before) -> *** (after)", run);
        String token = fixture.kubeconfig().replaceAll("(?s).*client-key-data: (\\S+).*", "$1");
        List<String> secrets = List.of(
                "correct-horse-battery",
                "staple-battery",
                "Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5",
                "c3RhcGxlLWJhdHRlcnk=",
                token);
        try (Stream<Path> files = Files.walk(job.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertFalse(secret + " in " + file, text.contains(secret));
                }
            }
        }
    }

    @Test
    public void theStageViewNamesTheApp() throws Exception {
        WorkflowRun run = run("node { " + fixture.checkout() + "; " + sync() + " }");
        assertEquals("shop", ArgumentsAction.getStepArgumentsAsString(step(run)));
    }

    private static FlowNode step(WorkflowRun run) {
        return new DepthFirstScanner()
                .allNodes(run.getExecution()).stream()
                        .filter(node -> node instanceof StepAtomNode atom
                                && atom.getDescriptor() instanceof GitopsSyncStep.DescriptorImpl)
                        .findFirst()
                        .orElseThrow();
    }

    private static void assertNoStackTrace(WorkflowRun run) throws Exception {
        assertFalse(log(run), log(run).contains("\tat "));
    }
}
