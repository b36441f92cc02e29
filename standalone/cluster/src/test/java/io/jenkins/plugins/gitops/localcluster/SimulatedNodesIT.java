package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Test;

/** What a workload does on the simulated nodes, as kubectl sees it. */
public class SimulatedNodesIT {
    private static final String WAIT = "--timeout=60s";

    private final String namespace = "workloads-" + System.nanoTime();
    private Kubectl kubectl;

    @Before
    public void setUp() throws Exception {
        kubectl = Kubectl.of(TestCluster.withControllers());
        kubectl.run("create", "namespace", namespace);
    }

    /** Also shows that a namespace ends with all in it. */
    @After
    public void tearDown() throws Exception {
        kubectl.run("delete", "namespace", namespace, WAIT);
    }

    @Test
    public void threeNodesAreReady() throws Exception {
        kubectl.run("wait", "--for=condition=Ready", "nodes", "--all", WAIT);

        assertEquals("node-1 node-2 node-3", kubectl.run("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"));
    }

    @Test
    public void aDeploymentBecomesAvailableAndItsServiceHasEndpoints() throws Exception {
        apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      initContainers: [{name: prepare, image: busybox}, {name: proxy, image: envoy, restartPolicy: Always}]
                      containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
                """);

        run("wait", "--for=condition=Available", "deployment/web", WAIT);

        run("wait", "--for=jsonpath={.status.loadBalancer.ingress[0].ip}=192.0.2.1", "service/web", WAIT);
        // An item that is not there yet is an error to kubectl wait, and no reason to wait.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!readyEndpoints().equals("true true true") && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertEquals("true true true", readyEndpoints());
        assertEquals(
                3, run("get", "pods", "-o", "jsonpath={.items[*].status.podIP}").split(" ").length);
    }

    @Test
    public void aDaemonSetRunsOnEveryNode() throws Exception {
        apply(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent}
                spec:
                  selector: {matchLabels: {app: agent}}
                  template:
                    metadata: {labels: {app: agent}}
                    spec: {hostNetwork: true, containers: [{name: agent, image: agent}]}
                """);

        run("rollout", "status", "daemonset/agent", WAIT);

        assertEquals("3", run("get", "daemonset", "agent", "-o", "jsonpath={.status.numberReady}"));
    }

    @Test
    public void aClaimIsBoundWhenAPodNeedsItAndItsVolumeGoesWithIt() throws Exception {
        apply(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  replicas: 2
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: db, image: db, volumeMounts: [{name: data, mountPath: /data}]}]}
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: unused}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);

        run("rollout", "status", "statefulset/db", WAIT);
        assertEquals("Bound", run("get", "pvc", "data-db-1", "-o", "jsonpath={.status.phase}"));
        assertEquals("Pending", run("get", "pvc", "unused", "-o", "jsonpath={.status.phase}"));
        String volume = run("get", "pvc", "data-db-1", "-o", "jsonpath={.spec.volumeName}");
        run("delete", "statefulset", "db");
        run("wait", "--for=delete", "pod/db-1", WAIT);

        run("delete", "pvc", "data-db-1", WAIT);

        kubectl.run("wait", "--for=delete", "pv/" + volume, WAIT);
    }

    @Test
    public void aJobSucceedsAndOneThatRunsFalseFails() throws Exception {
        apply(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: good}
                spec:
                  completions: 2
                  template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [work]}]}}
                ---
                apiVersion: batch/v1
                kind: Job
                metadata: {name: bad}
                spec:
                  backoffLimit: 0
                  template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: ["false"]}]}}
                """);

        run("wait", "--for=condition=Complete", "job/good", WAIT);
        run("wait", "--for=condition=Failed", "job/bad", WAIT);
    }

    @Test
    public void anImageOfNoRegistryIsNeverPulled() throws Exception {
        apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: broken}
                spec:
                  selector: {matchLabels: {app: broken}}
                  template:
                    metadata: {labels: {app: broken}}
                    spec: {containers: [{name: c, image: "registry.invalid/shop/web:2"}]}
                """);

        run(
                "wait",
                "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=ImagePullBackOff",
                "pod",
                "-l",
                "app=broken",
                WAIT);
        assertEquals("1", run("get", "deployment", "broken", "-o", "jsonpath={.status.unavailableReplicas}"));
    }

    @Test
    public void theOnlineBoutiqueBecomesAvailable() throws Exception {
        Path manifests = Path.of("../../../shared/manifests/online-boutique/kubernetes-manifests");
        if (!Files.isDirectory(manifests)) {
            System.out.println("skipped: no folder of real manifests at " + manifests.toAbsolutePath());
            Assume.assumeTrue(false);
        }

        for (Path manifest : files(manifests)) {
            run("apply", "-f", manifest.toString());
        }

        run("wait", "--for=condition=Available", "deployments", "--all", WAIT);
        assertTrue(run("get", "deployments", "-o", "name").lines().count() >= 10);
        run("wait", "--for=jsonpath={.status.loadBalancer.ingress[0].ip}", "service/frontend-external", WAIT);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private String readyEndpoints() throws Exception {
        return run(
                "get",
                "endpointslice",
                "-l",
                "kubernetes.io/service-name=web",
                "-o",
                "jsonpath={.items[*].endpoints[*].conditions.ready}");
    }

    private void apply(String yaml) throws Exception {
        kubectl.apply(namespace, yaml);
    }

    private String run(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "--namespace=" + namespace;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return kubectl.run(all);
    }
}
