package io.jenkins.plugins.gitops.steps;

import static io.jenkins.plugins.gitops.steps.PipelineJenkinsFixture.log;
import static org.junit.Assert.assertFalse;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.engine.Manifests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Assert;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Which clusters and credentials {@code gitopsSync} takes, and what it says of those that it does not. */
public class GitopsSyncArgumentsJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowJob job;

    @Before
    public void configRepository() throws Exception {
        fixture.engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        fixture.engine.repository().commit("Add settings");
        job = fixture.job("deploy", "");
    }

    private WorkflowRun run(String arguments) throws Exception {
        fixture.define(job, "node { " + fixture.checkout() + "; gitopsSync " + arguments + " }");
        return fixture.build(job);
    }

    private void assertRefused(String message, String arguments) throws Exception {
        WorkflowRun run = run(arguments);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
        fixture.jenkins.assertLogContains("ERROR: " + message, run);
        assertFalse(log(run), log(run).contains("\tat "));
    }

    @Test
    public void argumentsThatDoNotFitTogetherAreRefused() throws Exception {
        assertRefused("No cluster is named.", "app: 'shop'");
        assertRefused(
                "Two clusters are named.",
                "app: 'shop', kubeconfigCredentialsId: 'prod', serverUrl: 'https://x:6443', credentialsId: 't'");
        assertRefused(
                "With \"serverUrl\", give the credential for the API server",
                "app: 'shop', serverUrl: 'https://x:6443'");
        assertRefused(
                "\"caCertificate\" is only used together with \"serverUrl\"",
                "app: 'shop', kubeconfigCredentialsId: 'prod', caCertificate: 'x'");
        assertRefused(
                "\"branch\" is only used together with \"repo\"",
                "app: 'shop', kubeconfigCredentialsId: 'prod', branch: 'main'");
        assertRefused(
                "\"timeoutSeconds\" is 0; it must be at least 1",
                "app: 'shop', kubeconfigCredentialsId: 'prod', timeoutSeconds: 0");
        assertRefused("\"My Shop\" cannot be an app's name", "app: 'My Shop', kubeconfigCredentialsId: 'prod'");
        assertRefused(
                "\"repo\" holds a password",
                "app: 'shop', kubeconfigCredentialsId: 'prod', repo: 'https://me:hunter2@example.org/x.git'");
    }

    @Test
    public void programsInTheRepositorysUrlAreNotRun() throws Exception {
        Path ran = fixture.jenkins.jenkins.getRootDir().toPath().resolve("ran");
        for (String repo : List.of("ext::sh -c touch% " + ran, "--upload-pack=touch " + ran, "fd::0")) {
            assertRefused(
                    "\"repo\" is no URL of a Git repository, and is refused",
                    fixture.arguments() + ", repo: '" + repo + "'");
        }
        assertFalse("the program was run", Files.exists(ran));
    }

    @Test
    public void aClusterCanBeNamedByUrlAndToken() throws Exception {
        fixture.engine.kubectl("create", "serviceaccount", "deployer");
        fixture.engine.kubectl(
                "create",
                "clusterrolebinding",
                fixture.engine.namespace(),
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + fixture.engine.namespace() + ":deployer");
        String token = fixture.engine.kubectl("create", "token", "deployer");
        PipelineJenkinsFixture.addToken("deployer", token);
        String ca = new String(
                Base64.getDecoder()
                        .decode(fixture.kubeconfig()
                                .replaceAll("(?s).*certificate-authority-data: \"?([^\\s\"]+).*", "$1")),
                StandardCharsets.US_ASCII);
        String server = fixture.engine.cluster().server().toString();
        String arguments = "app: 'shop', namespace: '" + fixture.engine.namespace() + "', serverUrl: '" + server
                + "', credentialsId: 'deployer'";
        WorkflowRun run = run(arguments + ", caCertificate: '''" + ca + "'''");
        fixture.jenkins.assertBuildStatusSuccess(run);
        fixture.jenkins.assertLogContains("1 created", run);
        fixture.jenkins.assertLogNotContains(token, run);

        WorkflowRun untrusted = run(arguments);
        fixture.jenkins.assertBuildStatus(Result.FAILURE, untrusted);
        fixture.jenkins.assertLogContains("certificate", untrusted);

        assertRefused(
                "the API server's URL must begin with https://",
                "app: 'shop', serverUrl: 'http://example.org', credentialsId: 'deployer'");
    }

    @Test
    public void aCredentialOfADomainIsNotSentElsewhere() throws Exception {
        Domain domain = new Domain("prod", "", List.of(new HostnameSpecification("*.example.org", null)));
        CredentialsProvider.lookupStores(fixture.jenkins.jenkins)
                .iterator()
                .next()
                .addDomain(
                        domain,
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "bound", "", Secret.fromString("t0ken")));
        assertRefused(
                "Credential \"bound\" cannot be used here",
                "app: 'shop', serverUrl: '" + fixture.engine.cluster().server() + "', credentialsId: 'bound'");
    }

    @Test
    public void credentialsOfOthersAreNotFound() throws Exception {
        PipelineJenkinsFixture.addKubeconfig("system", fixture.kubeconfig(), CredentialsScope.SYSTEM);
        assertRefused("There is no credential \"system\"", arguments("system"));
        assertRefused("There is no credential \"nobody\"", arguments("nobody"));
        PipelineJenkinsFixture.addToken("text", "t0ken");
        assertRefused("Credential \"text\" cannot be used here: it must be of the kind", arguments("text"));

        Folder folder = fixture.jenkins.createProject(Folder.class, "team");
        byte[] kubeconfig = fixture.kubeconfig().getBytes(StandardCharsets.UTF_8);
        Credentials ofTheFolder = new FileCredentialsImpl(
                CredentialsScope.GLOBAL, "teams", "", "kubeconfig", SecretBytes.fromBytes(kubeconfig));
        FolderCredentialsProperty property = new FolderCredentialsProperty(
                new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(ofTheFolder))});
        folder.addProperty(property);
        assertRefused("There is no credential \"teams\"", arguments("teams"));
        job = folder.createProject(WorkflowJob.class, "inside");
        fixture.jenkins.assertBuildStatusSuccess(run(arguments("teams")));
    }

    private String arguments(String credentialsId) {
        return "app: 'shop', namespace: '" + fixture.engine.namespace() + "', kubeconfigCredentialsId: '"
                + credentialsId + "'";
    }

    @Test
    public void theUseOfACredentialIsRecordedWithIt() throws Exception {
        fixture.jenkins.assertBuildStatusSuccess(run(arguments("prod")));
        Credentials prod =
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
        Fingerprint fingerprint = CredentialsProvider.getFingerprintOf(prod);
        Assert.assertNotNull("the credential knows where it was used", fingerprint);
        Assert.assertTrue(fingerprint.getJobs().contains("deploy"));
    }

    @Test
    public void kubeconfigsThatWouldRunProgramsOrReadFilesAreRefused() throws Exception {
        String good = fixture.kubeconfig();
        Path ran = fixture.jenkins.jenkins.getRootDir().toPath().resolve("ran");
        String server = fixture.engine.cluster().server().toString();
        String user =
                """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: c, cluster: {server: "%s"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: %s}]
                """;
        PipelineJenkinsFixture.addKubeconfig(
                "exec",
                user.formatted(
                        server,
                        "{exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [\"" + ran
                                + "\"]}}"),
                CredentialsScope.GLOBAL);
        PipelineJenkinsFixture.addKubeconfig(
                "file", user.formatted(server, "{tokenFile: /etc/passwd}"), CredentialsScope.GLOBAL);
        PipelineJenkinsFixture.addKubeconfig("none", user.formatted(server, "{}"), CredentialsScope.GLOBAL);
        PipelineJenkinsFixture.addKubeconfig("junk", "{token: [s3cret", CredentialsScope.GLOBAL);
        PipelineJenkinsFixture.addKubeconfig("large", good + "#".repeat(1 << 20), CredentialsScope.GLOBAL);
        assertRefused("credential exec: user u wants to run a program (exec), which is refused", arguments("exec"));
        assertFalse("the program was run", Files.exists(ran));
        assertRefused("credential file: tokenFile points to a file, which is refused", arguments("file"));
        assertRefused("credential none: user u has no token, client certificate or password", arguments("none"));
        assertRefused("kubeconfig credential junk is not YAML", arguments("junk"));
        fixture.jenkins.assertLogNotContains("s3cret", job.getLastBuild());
        assertRefused("Credential \"large\" is larger than 1 MiB", arguments("large"));
    }
}
