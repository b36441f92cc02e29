package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.build.GitopsBuildAction;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.eclipse.jgit.api.Git;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code gitopsSync} in a real Jenkins, from a real Git repository, to a real API server. */
public class GitopsSyncStepJenkinsTest {

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static TestCluster cluster;
    private String namespace;
    private Path repository;

    @BeforeClass
    public static void bringUpTheCluster() {
        cluster = TestCluster.get();
        hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT = true;
    }

    @Before
    public void repositoryAndNamespace() throws Exception {
        namespace = "j-" + UUID.randomUUID().toString().substring(0, 8);
        kubectl("create", "namespace", namespace);
        repository = folder.newFolder("config").toPath();
        Git.init()
                .setDirectory(repository.toFile())
                .setInitialBranch("main")
                .call()
                .close();
        commit(configMap("blue"));
        addKubeconfig("kubeconfig", Files.readString(cluster.kubeconfig()));
    }

    @Test
    public void thePipelineSyncsAndLeavesReportsAPageAndAResult() throws Exception {
        WorkflowRun run = build(
                Result.SUCCESS,
                "def r = " + sync("") + "\n echo \"${r.status} created=${r.counts.created} drifted=${r.drifted}\"\n"
                        + " echo r.revision\n echo r.reportUrl");
        jenkins.assertLogContains("ConfigMap/" + namespace + "/settings  created", run);
        jenkins.assertLogContains("IN_SYNC created=1 drifted=false", run);
        assertEquals("blue", kubectl("get", "configmap/settings", "-n", namespace, "-o", "jsonpath={.data.colour}"));
        for (String name : List.of("report.json", "report.html", "report.md", "junit.xml")) {
            assertTrue(
                    name,
                    run.getArtifactManager().root().child("gitops/shop/" + name).exists());
        }
        assertNotNull(run.getAction(GitopsBuildAction.class).getApp("shop"));

        HtmlPage page = jenkins.createWebClient().getPage(run, "gitops/app/shop");
        assertTrue(page.asNormalizedText(), page.asNormalizedText().contains("settings"));
        HtmlPage overview = jenkins.createWebClient().getPage(run);
        assertTrue(overview.asNormalizedText(), overview.asNormalizedText().contains("shop"));
    }

    @Test
    public void theCheckoutInTheWorkspaceIsSynced() throws Exception {
        WorkflowRun run = build(
                Result.SUCCESS,
                "git url: '" + repository.toUri() + "', branch: 'main'\n"
                        + "gitopsSync app: 'shop', kubeconfigCredentialsId: 'kubeconfig', wait: false, namespace: '"
                        + namespace + "'");
        jenkins.assertLogContains("ConfigMap/" + namespace + "/settings  created", run);
    }

    @Test
    public void aTokenAndACaCertificateServeInsteadOfAKubeconfig() throws Exception {
        kubectl("create", "serviceaccount", "deployer", "-n", namespace);
        kubectl(
                "create",
                "clusterrolebinding",
                namespace,
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + namespace + ":deployer");
        String token = kubectl("create", "token", "deployer", "-n", namespace);
        addCredentials(
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "the deployer", Secret.fromString(token)));
        Path ca = folder.newFile("ca.pem").toPath();
        String data = Files.readString(cluster.kubeconfig())
                .split("certificate-authority-data: ")[1]
                .split("\\s")[0];
        Files.write(ca, java.util.Base64.getDecoder().decode(data.replace("\"", "")));
        WorkflowRun run = build(
                Result.SUCCESS,
                "gitopsSync app: 'shop', repo: '" + repository.toUri() + "', wait: false, namespace: '" + namespace
                        + "', serverUrl: '" + cluster.server() + "', credentialsId: 'token', caCertificate: readFile('"
                        + ca + "')");
        jenkins.assertLogContains("created", run);
        jenkins.assertLogNotContains(token, run);
        assertFalse(artifact(run, "report.json").contains(token));
    }

    @Test
    public void driftIsHealedAndMakesTheBuildUnstable() throws Exception {
        build(Result.SUCCESS, sync(""));
        kubectl("patch", "configmap/settings", "-n", namespace, "-p", "{\"data\":{\"colour\":\"red\"}}");
        WorkflowRun run = build(Result.UNSTABLE, sync(""));
        jenkins.assertLogContains("kubectl-patch", run);
        assertEquals("blue", kubectl("get", "configmap/settings", "-n", namespace, "-o", "jsonpath={.data.colour}"));
        FlowNode warned = new DepthFirstScanner()
                .findFirstMatch(run.getExecution(), node -> node.getAction(WarningAction.class) != null);
        assertNotNull("the stage view shows nothing", warned);

        kubectl("patch", "configmap/settings", "-n", namespace, "-p", "{\"data\":{\"colour\":\"red\"}}");
        build(Result.SUCCESS, sync(", onDrift: 'IGNORE'"));
        kubectl("patch", "configmap/settings", "-n", namespace, "-p", "{\"data\":{\"colour\":\"red\"}}");
        build(Result.FAILURE, sync(", onDrift: 'FAILURE'"));
        assertEquals("blue", kubectl("get", "configmap/settings", "-n", namespace, "-o", "jsonpath={.data.colour}"));
    }

    @Test
    public void badInputFailsWithTheLineAndWithoutAStackTrace() throws Exception {
        commit(configMap("blue").replace("\ndata:", "\ndta:"));
        WorkflowRun run = build(Result.FAILURE, sync(""));
        jenkins.assertLogContains("settings.yaml:5:1", run);
        jenkins.assertLogContains("unknown field", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertTrue(artifact(run, "report.json").contains("unknown field"));
        assertEquals("", kubectl("get", "configmaps", "-n", namespace, "-o", "name"));
    }

    @Test
    public void aKubeconfigThatRunsAProgramIsRefusedAndNothingRuns() throws Exception {
        Path ran = folder.getRoot().toPath().resolve("ran");
        addKubeconfig(
                "exec",
                "current-context: c\ncontexts: [{name: c, context: {cluster: c, user: u}}]\n"
                        + "clusters: [{name: c, cluster: {server: '" + cluster.server() + "'}}]\n"
                        + "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['"
                        + ran + "']}}}]\n");
        WorkflowRun run = build(Result.FAILURE, sync("").replace("'kubeconfig'", "'exec'"));
        jenkins.assertLogContains("wants to run a program (exec), which is refused", run);
        assertFalse(Files.exists(ran));
    }

    @Test
    public void systemCredentialsAreNotForJobs() throws Exception {
        addCredentials(new FileCredentialsImpl(
                CredentialsScope.SYSTEM,
                "system",
                "",
                "kubeconfig",
                SecretBytes.fromBytes(Files.readAllBytes(cluster.kubeconfig()))));
        WorkflowRun run = build(Result.FAILURE, sync("").replace("'kubeconfig'", "'system'"));
        jenkins.assertLogContains("system", run);
        assertEquals("", kubectl("get", "configmaps", "-n", namespace, "-o", "name"));
    }

    @Test
    public void anAbortEndsTheWaitAndTheReportIsThere() throws Exception {
        commit(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n"
                        + "  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: web:1}]}\n");
        WorkflowJob job = job(sync(", wait: true").replace(", wait: false", ""));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waiting: ", run);
        long start = System.nanoTime();
        run.doStop();
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertTrue("abort took too long", System.nanoTime() - start < 30_000_000_000L);
        assertTrue(artifact(run, "report.json").contains("Aborted"));
        assertEquals("deployment.apps/web", kubectl("get", "deployments", "-n", namespace, "-o", "name"));
    }

    @Test
    public void hostileNamesAreInertOnThePage() throws Exception {
        commit(configMap("<img src=x onerror=alert(1)>"));
        build(Result.SUCCESS, sync(""));
        commit(configMap("<script>alert(2)</script>"));
        WorkflowRun run = build(Result.SUCCESS, sync(""));
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.getPage(run, "gitops/app/shop");
        String html = page.getWebResponse().getContentAsString();
        assertTrue(html, html.contains("&lt;script>alert(2)&lt;/script>"));
        assertFalse(html, html.contains("<script>alert(2)"));
        assertEquals(0, page.querySelectorAll("img[onerror]").size());
    }

    @Test
    public void theFormKeepsWhatWasEntered() throws Exception {
        GitopsSyncStep step = new GitopsSyncStep("shop");
        step.setPath("apps/shop");
        step.setKubeconfigCredentialsId("kubeconfig");
        step.setNamespace("team");
        step.setPrune(false);
        step.setWait(false);
        step.setTimeoutSeconds(77);
        step.setOnDrift(OnDrift.FAILURE);
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new StepHolder(step));
        jenkins.configRoundtrip(project);
        jenkins.assertEqualDataBoundBeans(step, project.getBuildersList().get(StepHolder.class).step);
    }

    /** Shows the step's form, as the Snippet Generator does, on a page that can be submitted. */
    public static final class StepHolder extends Builder {
        public final GitopsSyncStep step;

        @DataBoundConstructor
        public StepHolder(GitopsSyncStep step) {
            this.step = step;
        }

        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            @SuppressWarnings("rawtypes")
            public boolean isApplicable(Class<? extends AbstractProject> type) {
                return true;
            }
        }
    }

    @Test
    public void withoutPermissionADropDownShowsOnlyWhatIsChosen() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "listed");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, hudson.model.Item.READ)
                .everywhere()
                .to("reader"));
        GitopsSyncStep.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(GitopsSyncStep.DescriptorImpl.class);
        try (var ignored = hudson.security.ACL.as(hudson.model.User.getById("reader", true))) {
            var items = descriptor.doFillKubeconfigCredentialsIdItems(job, "chosen");
            assertTrue(items.stream().allMatch(option -> option.value.isEmpty() || option.value.equals("chosen")));
        }
        try (var ignored = hudson.security.ACL.as(hudson.model.User.getById("admin", true))) {
            var items = descriptor.doFillKubeconfigCredentialsIdItems(job, "chosen");
            assertTrue(items.stream().anyMatch(option -> option.value.equals("kubeconfig")));
        }
    }

    private String sync(String more) {
        return "gitopsSync(app: 'shop', repo: '" + repository.toUri() + "', kubeconfigCredentialsId: 'kubeconfig',"
                + " namespace: '" + namespace + "', wait: false" + more + ")";
    }

    private WorkflowRun build(Result expected, String script) throws Exception {
        return jenkins.assertBuildStatus(expected, job(script).scheduleBuild2(0));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "job");
        }
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return job;
    }

    private static String artifact(WorkflowRun run, String name) throws Exception {
        try (var in =
                run.getArtifactManager().root().child("gitops/shop/" + name).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void commit(String manifest) throws Exception {
        Files.writeString(repository.resolve("settings.yaml"), manifest);
        try (Git git = Git.open(repository.toFile())) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("Change the settings")
                    .setAuthor("Test", "test@example.org")
                    .setCommitter("Test", "test@example.org")
                    .setSign(false)
                    .call();
        }
    }

    private static String configMap(String colour) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: \"" + colour + "\"\n";
    }

    private static void addKubeconfig(String id, String kubeconfig) throws Exception {
        addCredentials(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                "kubeconfig",
                SecretBytes.fromBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
    }

    private static void addCredentials(com.cloudbees.plugins.credentials.Credentials credentials) throws Exception {
        CredentialsProvider.lookupStores(Jenkins.get()).iterator().next().addCredentials(Domain.global(), credentials);
    }

    private static String kubectl(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(
                List.of(cluster.kubectl().toString(), "--kubeconfig=" + cluster.kubeconfig()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(text, 0, process.waitFor());
        return text;
    }
}
