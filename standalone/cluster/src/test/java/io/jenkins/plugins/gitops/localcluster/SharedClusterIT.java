package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The cluster that tests share; Surefire would take a class that is named after it for a unit test. */
public class SharedClusterIT {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    /** A test run that somebody kills. */
    public static final class Run {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("kubeconfig " + TestCluster.get().kubeconfig());
            Thread.sleep(300_000);
        }
    }

    @Test
    public void isOneForAllTestsAndAnswers() throws Exception {
        TestCluster cluster = TestCluster.get();

        assertSame(cluster, TestCluster.get());
        assertEquals("ok", Kubectl.of(cluster).run("get", "--raw", "/readyz"));
        assertEquals("v" + ControlPlaneBinaries.VERSION, cluster.version());
        assertTrue(Kubectl.of(cluster)
                .run("config", "view")
                .contains(cluster.server().toString()));
    }

    @Test
    public void isGoneWhenTheJvmIsKilled() throws Exception {
        try (Jvm run = Jvm.run(Run.class)) {
            Path kubeconfig = Path.of(run.lineWith("kubeconfig ").substring("kubeconfig ".length()));
            Daemon etcd =
                    Components.in(ClusterDirectory.at(kubeconfig.getParent())).daemon(Binary.ETCD);
            ProcessHandle process = etcd.process().orElseThrow();

            run.kill();

            for (int i = 0; i < 100 && Files.exists(kubeconfig.getParent()); i++) {
                Thread.sleep(100);
            }
            assertFalse(Files.exists(kubeconfig.getParent()));
            assertTrue(Daemon.hasEnded(process));
        }
    }

    /** Pods can be made as they are, without the service accounts that only a controller would make. */
    @Test
    public void hasRbacAndAggregationAndTakesPods() throws Exception {
        Kubectl kubectl = Kubectl.of(TestCluster.get());

        assertTrue(kubectl.run("run", "pod", "--image=nginx").contains("created"));
        assertTrue(kubectl.run("get", "clusterroles").contains("cluster-admin"));
        assertTrue(kubectl.apply(
                        "default",
                        """
                        apiVersion: apiregistration.k8s.io/v1
                        kind: APIService
                        metadata:
                          name: v1beta1.metrics.example.com
                        spec:
                          group: metrics.example.com
                          version: v1beta1
                          groupPriorityMinimum: 100
                          versionPriority: 100
                          insecureSkipTLSVerify: true
                          service: {namespace: default, name: metrics}
                        """)
                .contains("created"));
        kubectl.run("delete", "apiservice", "v1beta1.metrics.example.com");
        kubectl.run("delete", "pod", "pod", "--force", "--grace-period=0");
    }

    /** A credential is often such a token; it carries the rights that RBAC gives, and no more. */
    @Test
    public void givesTokensOfServiceAccounts() throws Exception {
        TestCluster cluster = TestCluster.get();
        Kubectl admin = Kubectl.of(cluster);
        admin.run("create", "serviceaccount", "robot");
        String token = admin.run("create", "token", "robot");
        String ca = admin.run(
                "config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.certificate-authority-data}");
        Path kubeconfig = folder.newFile("kubeconfig").toPath();
        Files.writeString(
                kubeconfig,
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
                        .formatted(cluster.server(), ca, token));
        Kubectl robot = new Kubectl(cluster.kubectl(), kubeconfig);

        assertEquals(
                "system:serviceaccount:default:robot",
                robot.run("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"));
        AssertionError e = assertThrows(AssertionError.class, () -> robot.run("get", "pods"));
        assertTrue(e.getMessage(), e.getMessage().contains("Forbidden"));
    }
}
