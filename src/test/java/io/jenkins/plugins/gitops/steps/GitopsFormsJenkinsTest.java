package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.clusters.Cluster;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.trigger.GitopsTrigger;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The forms of steps, of the build step and of the trigger: they keep every argument, check it, and explain it. */
public class GitopsFormsJenkinsTest {

    private static final String RULES = "ignoreDifferences:\n- kind: ConfigMap\n  jsonPointers: [/data]";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void credentials() throws Exception {
        PipelineJenkinsFixture.addKubeconfig("prod", "x", CredentialsScope.GLOBAL);
        PipelineJenkinsFixture.addToken("token", "x");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "git", "", "me", "secret-password"));
        SystemCredentialsProvider.getInstance().save();
    }

    private static <S extends GitopsStep> S filled(S step) {
        step.setPath("apps/shop");
        step.setRepo("https://git.example.org/team/config.git");
        step.setBranch("production");
        step.setGitCredentialsId("git");
        step.setServerUrl("https://cluster.example.org:6443");
        step.setCaCertificate("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----");
        step.setCredentialsId("token");
        step.setNamespace("shop");
        step.setRenderer(RendererChoice.HELM);
        step.setAgeKeyCredentialsId("prod");
        step.setTrustedSigners("# the team\nssh-ed25519 AAAA me");
        HelmOptions helm = new HelmOptions();
        helm.setReleaseName("shop-1");
        helm.setValueFiles(List.of("values.yaml", "/env/prod.yaml"));
        helm.setValues(List.of("image.tag=1.4.2", "a=b=c"));
        helm.setStringValues(List.of("build=0010"));
        helm.setIncludeCrds(false);
        helm.setKubeVersion("v1.34.0");
        helm.setApiVersions(List.of("example.org/v1"));
        step.setHelm(helm);
        SubstitutionOptions substitution = new SubstitutionOptions();
        substitution.setValues(List.of("REGION=eu"));
        substitution.setFiles(List.of("env/prod.env"));
        substitution.setSources(List.of("configmap/settings", "?secret/prod/db"));
        substitution.setStrict(false);
        step.setSubstitution(substitution);
        return step;
    }

    private static <S extends ChangingStep> S changing(S step) {
        step.setAdditions(AdditionsPolicy.REVERT);
        step.setIgnoreDifferences(RULES);
        step.setPrune(false);
        step.setPruneLimit(3);
        step.setConflicts(Conflicts.FAIL);
        step.setForceReplace(true);
        step.setTakeOver(List.of(Tool.KUBECTL, Tool.ARGOCD));
        return filled(step);
    }

    private static GitopsSyncStep sync() {
        GitopsSyncStep step = changing(new GitopsSyncStep("shop"));
        step.setWait(false);
        step.setTimeoutSeconds(42);
        step.setPullGraceSeconds(9);
        step.setHealthExpressions("- apiVersion: example.org/v1\n  kind: Thing\n  current: 'true'");
        step.setOnDrift(OnDrift.FAILURE);
        step.setLockTimeoutSeconds(7);
        step.setPlan("gitops/shop/plan.json");
        return step;
    }

    private static GitopsDriftStep drift() {
        GitopsDriftStep step = filled(new GitopsDriftStep("shop"));
        step.setAdditions(AdditionsPolicy.IGNORE);
        step.setIgnoreDifferences(RULES);
        step.setOnDrift(OnDrift.IGNORE);
        return step;
    }

    private static GitopsValidateStep validate() {
        GitopsValidateStep step = filled(new GitopsValidateStep("shop"));
        step.setKubernetesVersion("1.34");
        step.setIgnoreMissingSchemas(true);
        step.setPolicies("policies");
        return step;
    }

    @Test
    public void everyStepsFormKeepsEveryArgument() throws Exception {
        StepConfigTester tester = new StepConfigTester(jenkins);
        List<GitopsStep> steps =
                new ArrayList<>(List.of(sync(), changing(new GitopsPlanStep("shop")), drift(), validate()));
        GitopsSyncStep kubeconfig = new GitopsSyncStep("shop");
        kubeconfig.setKubeconfigCredentialsId("prod");
        steps.add(kubeconfig);
        for (GitopsStep step : steps) {
            GitopsStep kept = (GitopsStep) tester.configRoundTrip(step);
            assertEquals("as a Pipeline writes it", Snippetizer.object2Groovy(step), Snippetizer.object2Groovy(kept));
            jenkins.assertEqualDataBoundBeans(step, kept);
        }
    }

    @Test
    public void theSnippetIsWhatOneWouldWrite() {
        assertEquals("gitopsValidate 'shop'", Snippetizer.object2Groovy(new GitopsValidateStep("shop")));
        GitopsSyncStep step = new GitopsSyncStep("shop");
        step.setPath("apps/shop");
        step.setCluster("prod");
        step.setTakeOver(List.of(Tool.FLUX));
        HelmOptions helm = new HelmOptions();
        helm.setValueFiles(List.of("values-prod.yaml"));
        step.setHelm(helm);
        assertEquals(
                "gitopsSync app: 'shop', cluster: 'prod', helm: [valueFiles: ['values-prod.yaml']],"
                        + " path: 'apps/shop', takeOver: ['FLUX']",
                Snippetizer.object2Groovy(step));
    }

    @Test
    public void theBuildStepsFormKeepsWhicheverStepItHolds() throws Exception {
        for (GitopsStep step : List.of(sync(), drift())) {
            FreeStyleProject project = jenkins.createFreeStyleProject();
            project.getBuildersList().add(new GitopsBuilder(step));
            project = jenkins.configRoundtrip(project);
            GitopsStep kept = project.getBuildersList().get(GitopsBuilder.class).getStep();
            assertEquals(step.getClass(), kept.getClass());
            assertEquals(Snippetizer.object2Groovy(step), Snippetizer.object2Groovy(kept));
        }
    }

    @Test
    public void theTriggersFormKeepsItsSettingsAndTheDirectiveGeneratorWritesThem() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("", true));
        GitopsTrigger trigger = new GitopsTrigger("H/15 * * * *");
        trigger.setFailuresBeforeBuild(5);
        job.addTrigger(trigger);
        job = jenkins.configRoundtrip(job);
        GitopsTrigger kept = (GitopsTrigger)
                job.getTriggers().get(jenkins.jenkins.getDescriptorByType(GitopsTrigger.DescriptorImpl.class));
        jenkins.assertEqualDataBoundBeans(trigger, kept);

        String json = "{\"triggers\": {\"stapler-class\": \"" + GitopsTrigger.class.getName()
                + "\", \"spec\": \"H/15 * * * *\", \"failuresBeforeBuild\": \"5\"}, \"stapler-class\":"
                + " \"org.jenkinsci.plugins.pipeline.modeldefinition.generator.TriggersDirective\"}";
        JenkinsRule.WebClient client = jenkins.createWebClient();
        WebRequest request = new WebRequest(
                new URL(job.getAbsoluteUrl() + "directive-generator/generateDirective"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("json", json)));
        Page generated = client.getPage(client.addCrumb(request));
        String directive = generated.getWebResponse().getContentAsString();
        assertTrue(directive, directive.contains("gitops failuresBeforeBuild: 5, spec: 'H/15 * * * *'"));
    }

    @Test
    public void everyArgumentHasAHelpPage() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (Class<?> type : List.of(
                GitopsSyncStep.class,
                GitopsPlanStep.class,
                GitopsDriftStep.class,
                GitopsValidateStep.class,
                HelmOptions.class,
                SubstitutionOptions.class,
                GitopsTrigger.class,
                Cluster.class)) {
            for (DescribableParameter parameter : new DescribableModel<>(type).getParameters()) {
                String url = "descriptor/" + type.getName() + "/help/" + parameter.getName();
                Page help = client.goTo(url, null);
                assertEquals(url, 200, help.getWebResponse().getStatusCode());
                assertTrue(url, help.getWebResponse().getContentAsString().length() > 40);
            }
        }
    }

    @Test
    public void checksReadAnArgumentAsTheStepWould() {
        GitopsSyncStep.DescriptorImpl sync = jenkins.jenkins.getDescriptorByType(GitopsSyncStep.DescriptorImpl.class);
        assertGood(sync.doCheckIgnoreDifferences(RULES));
        assertGood(sync.doCheckIgnoreDifferences(""));
        assertBad("jsonPointer", sync.doCheckIgnoreDifferences("ignoreDifferences:\n- kind: X\n  jsonPointer: [/a]"));
        assertGood(sync.doCheckHealthExpressions("- {apiVersion: a/v1, kind: X, current: 'true'}"));
        assertBad("current", sync.doCheckHealthExpressions("- {apiVersion: a/v1, kind: X, current: 'status.'}"));
        assertBad("is not a public key", sync.doCheckTrustedSigners("hello"));
        assertEquals(FormValidation.Kind.ERROR, sync.doCheckPullGraceSeconds("-1").kind);
        HelmOptions.DescriptorImpl helm = jenkins.jenkins.getDescriptorByType(HelmOptions.DescriptorImpl.class);
        assertGood(helm.doCheckValues("a=b\n\nc=d"));
        assertBad("Item 2 of", helm.doCheckValues("a=b\nhunter2"));
        assertTrue(!helm.doCheckValues("a=b\nhunter2").getMessage().contains("hunter2"));
        SubstitutionOptions.DescriptorImpl substitution =
                jenkins.jenkins.getDescriptorByType(SubstitutionOptions.DescriptorImpl.class);
        assertGood(substitution.doCheckSources("?secret/prod/db\nconfigmap/x"));
        assertBad("names no ConfigMap and no Secret", substitution.doCheckSources("pod/x"));
    }

    private static void assertGood(FormValidation validation) {
        assertEquals(validation.toString(), FormValidation.Kind.OK, validation.kind);
    }

    private static void assertBad(String message, FormValidation validation) {
        assertEquals(FormValidation.Kind.ERROR, validation.kind);
        assertTrue(validation.getMessage(), validation.getMessage().contains(message));
    }
}
