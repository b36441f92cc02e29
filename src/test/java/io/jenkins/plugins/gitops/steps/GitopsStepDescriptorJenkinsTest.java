package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The step's form: what it offers, and to whom. */
public class GitopsStepDescriptorJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private GitopsSyncStep.DescriptorImpl descriptor;
    private WorkflowJob job;

    @Before
    public void credentials() throws Exception {
        PipelineJenkinsFixture.addKubeconfig("prod", "x", CredentialsScope.GLOBAL);
        PipelineJenkinsFixture.addKubeconfig("system", "x", CredentialsScope.SYSTEM);
        PipelineJenkinsFixture.addToken("token", "x");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "git", "", "me", "secret-password"));
        SystemCredentialsProvider.getInstance().save();
        descriptor = jenkins.jenkins.getDescriptorByType(GitopsSyncStep.DescriptorImpl.class);
        job = jenkins.createProject(WorkflowJob.class, "job");
    }

    @Test
    public void listsOfferWhatTheJobMayUseOfTheRightKind() {
        assertEquals(List.of("", "prod"), values(descriptor.doFillKubeconfigCredentialsIdItems(job, "")));
        assertEquals(
                List.of("", "git", "prod", "token"),
                values(descriptor.doFillCredentialsIdItems(job, "https://c:6443", "")).stream()
                        .sorted()
                        .toList());
        assertEquals(List.of("", "git"), values(descriptor.doFillCredentialsIdItems(job, "", "")));
        assertEquals(List.of("", "git"), values(descriptor.doFillGitCredentialsIdItems(job, "", "")));
        assertEquals(
                List.of("", "prod", "token"),
                values(descriptor.doFillAgeKeyCredentialsIdItems(job, "")).stream()
                        .sorted()
                        .toList());
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckKubeconfigCredentialsId(job, "prod").kind);
        assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckKubeconfigCredentialsId(job, "token").kind);
    }

    @Test
    public void whoMayNotConfigureTheJobIsToldNothing() {
        secured();
        try (ACLContext ignored =
                ACL.as2(hudson.model.User.getById("reader", true).impersonate2())) {
            assertEquals(List.of("current"), values(descriptor.doFillKubeconfigCredentialsIdItems(job, "current")));
            assertEquals(List.of(""), values(descriptor.doFillCredentialsIdItems(job, "https://c:6443", "")));
            assertEquals(List.of("current"), values(descriptor.doFillGitCredentialsIdItems(job, "", "current")));
            assertEquals(List.of("current"), values(descriptor.doFillAgeKeyCredentialsIdItems(job, "current")));
            assertEquals(List.of("", "current"), values(descriptor.doFillClusterItems(job, "current")));
            assertEquals(List.of(""), values(descriptor.doFillKubeconfigCredentialsIdItems(null, "")));
            for (String id : List.of("prod", "nobody")) {
                assertEquals(
                        "the check does not tell whether a credential is there",
                        FormValidation.Kind.OK,
                        descriptor.doCheckKubeconfigCredentialsId(job, id).kind);
            }
        }
        try (ACLContext ignored =
                ACL.as2(hudson.model.User.getById("author", true).impersonate2())) {
            assertEquals(List.of("", "prod"), values(descriptor.doFillKubeconfigCredentialsIdItems(job, "")));
            assertEquals(List.of(""), values(descriptor.doFillKubeconfigCredentialsIdItems(null, "")));
        }
    }

    @Test
    public void formMethodsAnswerOnlyToAPostWithACrumb() throws Exception {
        secured();
        String base = job.getUrl() + "descriptorByName/" + GitopsSyncStep.class.getName() + "/";
        for (String method : List.of(
                "fillKubeconfigCredentialsIdItems",
                "fillCredentialsIdItems",
                "fillGitCredentialsIdItems",
                "fillAgeKeyCredentialsIdItems",
                "fillClusterItems",
                "checkIgnoreDifferences",
                "checkKubeconfigCredentialsId",
                "checkCredentialsId",
                "checkApp",
                "checkServerUrl",
                "checkTimeoutSeconds")) {
            JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            client.login("author");
            Page get = client.goTo(base + method, null);
            assertTrue(
                    method + " by GET: " + get.getWebResponse().getStatusCode(),
                    get.getWebResponse().getStatusCode() >= 400);
            URL url = new URL(jenkins.getURL(), base + method);
            Page forged = client.getPage(new WebRequest(url, HttpMethod.POST));
            assertEquals(
                    method + " without a crumb", 403, forged.getWebResponse().getStatusCode());
            Page post = client.getPage(client.addCrumb(new WebRequest(url, HttpMethod.POST)));
            assertEquals(method, 200, post.getWebResponse().getStatusCode());
        }
    }

    private void secured() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER)
                .everywhere()
                .to("reader", "author")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ, CredentialsProvider.USE_ITEM)
                .onItems(job)
                .to("author"));
    }

    @Test
    public void checksSayWhatIsWrongWithAValue() {
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckApp("shop").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckApp("").kind);
        assertTrue(descriptor.doCheckApp("<b>").renderHtml().contains("&lt;b&gt;"));
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckServerUrl("").kind);
        assertEquals(FormValidation.Kind.OK, descriptor.doCheckServerUrl("https://c:6443").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckServerUrl("http://c").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckTimeoutSeconds("0").kind);
    }

    private static List<String> values(ListBoxModel model) {
        return model.stream().map(option -> option.value).toList();
    }
}
