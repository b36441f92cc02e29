package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.jenkins.plugins.gitops.clusters.Cluster;
import io.jenkins.plugins.gitops.clusters.FolderClusters;
import io.jenkins.plugins.gitops.clusters.GitopsClusters;
import io.jenkins.plugins.gitops.engine.Manifests;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import jenkins.authentication.tokens.api.AuthenticationTokenSource;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.impl.KubernetesAuthToken;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;

/** Clusters that are defined in Jenkins and in folders: who may use them, and with which credentials. */
public class GitopsClustersJenkinsTest {

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private Folder folder;
    private WorkflowJob inside;
    private WorkflowJob outside;

    @Before
    public void jobs() throws Exception {
        fixture.engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        fixture.engine.repository().commit("Add settings");
        folder = fixture.jenkins.createProject(Folder.class, "team");
        inside = folder.createProject(WorkflowJob.class, "deploy");
        outside = fixture.job("deploy", "");
    }

    private Cluster cluster(String name, String credentialsId) {
        Cluster cluster = new Cluster(name);
        cluster.setCredentialsId(credentialsId);
        cluster.setNamespace(fixture.engine.namespace());
        return cluster;
    }

    private WorkflowRun run(WorkflowJob job, String arguments) throws Exception {
        fixture.define(job, "node { " + fixture.checkout() + "; gitopsSync app: 'shop', " + arguments + " }");
        return fixture.build(job);
    }

    private void assertRefused(String message, WorkflowRun run) throws Exception {
        fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
        fixture.jenkins.assertLogContains("ERROR: " + message, run);
    }

    @Test
    public void aFoldersClusterIsForTheJobsInsideItAlone() throws Exception {
        FolderClusters property = new FolderClusters();
        property.setClusters(List.of(cluster("teams", "prod")));
        folder.addProperty(property);
        fixture.jenkins.assertBuildStatusSuccess(run(inside, "cluster: 'teams'"));
        assertRefused("There is no cluster \"teams\" that this job may use", run(outside, "cluster: 'teams'"));
    }

    @Test
    public void aClusterCanBeRestrictedToFoldersAndItsCredentialGoesNowhereElse() throws Exception {
        Cluster restricted = cluster("prod", "prod");
        restricted.setAllowedItems("team");
        GitopsClusters.get().setClusters(List.of(restricted));
        fixture.jenkins.assertBuildStatusSuccess(run(inside, "cluster: 'prod'"));
        assertRefused("There is no cluster \"prod\" that this job may use", run(outside, "cluster: 'prod'"));
        assertRefused(
                "Credential \"prod\" belongs to a cluster that is defined in Jenkins",
                run(outside, "kubeconfigCredentialsId: 'prod'"));
        fixture.jenkins.assertBuildStatusSuccess(run(inside, "kubeconfigCredentialsId: 'prod'"));
    }

    @Test
    public void aClustersTokenIsNotSentToAnotherServer() throws Exception {
        PipelineJenkinsFixture.addToken("bound", "t0ken");
        Cluster cluster = cluster("prod", "bound");
        cluster.setServerUrl("https://prod.example.org:6443");
        GitopsClusters.get().setClusters(List.of(cluster));
        try (ServerSocket elsewhere = new ServerSocket(0)) {
            String url = "https://127.0.0.1:" + elsewhere.getLocalPort();
            assertRefused(
                    "Credential \"bound\" belongs to a cluster",
                    run(outside, "serverUrl: '" + url + "', credentialsId: 'bound'"));
            Cluster copy = cluster("copy", "bound");
            copy.setServerUrl(url);
            FolderClusters property = new FolderClusters();
            property.setClusters(List.of(copy));
            folder.addProperty(property);
            assertRefused("Credential \"bound\" belongs to a cluster", run(inside, "cluster: 'copy'"));
            elsewhere.setSoTimeout(1);
            assertThrows(java.net.SocketTimeoutException.class, elsewhere::accept);
        }
    }

    @Test
    public void aFoldersCredentialDoesNotStandInForThatOfACluster() throws Exception {
        GitopsClusters.get().setClusters(List.of(cluster("prod", "prod")));
        folder.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
            new DomainCredentials(
                    Domain.global(),
                    List.of(new StringCredentialsImpl(
                            CredentialsScope.GLOBAL, "prod", "", Secret.fromString("somebody else's"))))
        }));
        fixture.jenkins.assertBuildStatusSuccess(run(inside, "cluster: 'prod'"));
    }

    @Test
    public void everyKindOfCredentialIsTaken() throws Exception {
        String server = fixture.engine.cluster().server().toString();
        String ca = decoded("certificate-authority-data");
        fixture.engine.kubectl("create", "serviceaccount", "deployer");
        fixture.engine.kubectl(
                "create",
                "clusterrolebinding",
                fixture.engine.namespace(),
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + fixture.engine.namespace() + ":deployer");
        String token = fixture.engine.kubectl("create", "token", "deployer");
        Credentials certificate = new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "certificate",
                "",
                "changeit",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(null, SecretBytes.fromBytes(keyStore())));
        List<Credentials> kinds = List.of(
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(token)),
                certificate,
                new CloudLogin("converted", token),
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "password", "", "me", "hunter2"));
        SystemCredentialsProvider.getInstance().getCredentials().addAll(kinds);
        for (Credentials kind : kinds) {
            String id = ((StandardCredentials) kind).getId();
            Cluster cluster = cluster(id, id);
            cluster.setServerUrl(server);
            cluster.setCaCertificate(ca);
            GitopsClusters.get().setClusters(List.of(cluster));
            Cluster.DescriptorImpl form = fixture.jenkins.jenkins.getDescriptorByType(Cluster.DescriptorImpl.class);
            assertTrue(
                    id, values(form.doFillCredentialsIdItems(null, server, "")).contains(id));
            WorkflowRun run = run(outside, "cluster: '" + id + "'");
            if (id.equals("password")) {
                // An API server knows none; what takes them stands in front of it.
                fixture.jenkins.assertBuildStatus(Result.FAILURE, run);
                fixture.jenkins.assertLogContains("system:anonymous", run);
                fixture.jenkins.assertLogNotContains("hunter2", run);
            } else {
                fixture.jenkins.assertBuildStatusSuccess(run);
            }
            fixture.jenkins.assertLogNotContains(token, run);
        }
    }

    private String decoded(String field) throws Exception {
        String base64 = fixture.kubeconfig().replaceAll("(?s).*" + field + ": \"?([^\\s\"]+).*", "$1");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }

    /** The client certificate of the kubeconfig, as PKCS#12. */
    private byte[] keyStore() throws Exception {
        Config config = new ConfigBuilder(Config.empty())
                .withClientCertData(base64(decoded("client-certificate-data")))
                .withClientKeyData(base64(decoded("client-key-data")))
                .build();
        KeyManager[] managers = SSLUtils.keyManagers(config);
        X509KeyManager manager = (X509KeyManager) managers[0];
        String alias = manager.getClientAliases("EC", null) != null
                ? manager.getClientAliases("EC", null)[0]
                : manager.getClientAliases("RSA", null)[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", manager.getPrivateKey(alias), "changeit".toCharArray(), manager.getCertificateChain(alias));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, "changeit".toCharArray());
        return bytes.toByteArray();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Stands for the credential of a cloud provider's plugin. */
    public static final class CloudLogin extends BaseStandardCredentials {
        private static final long serialVersionUID = 1L;

        private final Secret token;

        CloudLogin(String id, String token) {
            super(CredentialsScope.GLOBAL, id, "");
            this.token = Secret.fromString(token);
        }

        /** As the Kubernetes Credentials plugin wants it of such a plugin. */
        @TestExtension("everyKindOfCredentialIsTaken")
        public static final class Converted extends AuthenticationTokenSource<KubernetesAuthToken, CloudLogin> {

            public Converted() {
                super(KubernetesAuthToken.class, CloudLogin.class);
            }

            @Override
            public KubernetesAuthToken convert(CloudLogin login) {
                return new KubernetesAuthToken((address, ca, insecure) -> login.token.getPlainText());
            }
        }
    }

    @Test
    public void aCredentialOfScopeSystemIsNotUsedForAnyJob() throws Exception {
        PipelineJenkinsFixture.addKubeconfig("system", fixture.kubeconfig(), CredentialsScope.SYSTEM);
        GitopsClusters.get().setClusters(List.of(cluster("system", "system")));
        assertRefused(
                "There is no credential \"system\" for the cluster \"system\"", run(outside, "cluster: 'system'"));
    }

    @Test
    public void formsKeepClustersAndOfferOnlyThoseThatAnItemMayUse() throws Exception {
        Cluster restricted = cluster("prod", "prod");
        restricted.setServerUrl("https://prod.example.org:6443");
        restricted.setCaCertificate("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----");
        restricted.setAllowedItems("team\nother/*");
        GitopsClusters.get().setClusters(List.of(restricted, cluster("test", "prod")));
        fixture.jenkins.configRoundtrip();
        fixture.jenkins.assertEqualDataBoundBeans(
                List.of(restricted, cluster("test", "prod")),
                GitopsClusters.get().getClusters());
        GitopsSyncStep.DescriptorImpl descriptor =
                fixture.jenkins.jenkins.getDescriptorByType(GitopsSyncStep.DescriptorImpl.class);
        assertEquals(List.of("", "prod", "test"), values(descriptor.doFillClusterItems(inside, "")));
        assertEquals(List.of("", "test"), values(descriptor.doFillClusterItems(outside, "")));

        FolderClusters property = new FolderClusters();
        property.setClusters(List.of(cluster("teams", "prod")));
        folder.addProperty(property);
        folder = fixture.jenkins.configRoundtrip(folder);
        fixture.jenkins.assertEqualDataBoundBeans(
                List.of(cluster("teams", "prod")),
                folder.getProperties().get(FolderClusters.class).getClusters());

        GitopsClusters.get().setClusters(List.of());
        fixture.jenkins.configRoundtrip();
        assertEquals(List.of(), GitopsClusters.get().getClusters());
    }

    @Test
    public void theConnectionIsTestedForWhoMayConfigureAndForNobodyElse() throws Exception {
        Cluster.DescriptorImpl form = fixture.jenkins.jenkins.getDescriptorByType(Cluster.DescriptorImpl.class);
        FormValidation connected = form.doTestConnection(null, "prod", "", "", "prod", fixture.engine.namespace());
        assertEquals(connected.toString(), FormValidation.Kind.OK, connected.kind);
        assertTrue(connected.getMessage(), connected.getMessage().contains("Kubernetes v1."));

        fixture.jenkins.jenkins.setSecurityRealm(fixture.jenkins.createDummySecurityRealm());
        fixture.jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, CredentialsProvider.VIEW)
                .everywhere()
                .to("reader"));
        PipelineJenkinsFixture.addToken("token", "t0ken");
        try (ServerSocket server = new ServerSocket(0);
                ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            String url = "https://127.0.0.1:" + server.getLocalPort();
            for (Item item : new Item[] {null, folder}) {
                assertThrows(
                        AccessDeniedException3.class, () -> form.doTestConnection(item, "x", url, "", "token", ""));
            }
            server.setSoTimeout(1);
            assertThrows("nothing is sent", java.net.SocketTimeoutException.class, server::accept);
            assertEquals(List.of(""), values(form.doFillCredentialsIdItems(null, url, "")));
        }
    }

    private static List<String> values(ListBoxModel model) {
        return model.stream().map(option -> option.value).toList();
    }
}
