package io.jenkins.plugins.gitops.engine.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.manifest.IdentityClashes;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.ProcessorTime;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** A person waits for it: 10,000 objects are read and held against everything in seconds. */
public class LargeRepositoryTest {

    private static final int SERVICES = 2000;

    /** Of every service. */
    private static final String SERVICE =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: NAME, namespace: shop}
            data: {level: info, port: "8080"}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: NAME, namespace: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: NAME, namespace: shop, labels: {app: NAME}}
            spec:
              selector: {app: NAME}
              ports: [{name: http, port: 80, targetPort: http}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME, namespace: shop, labels: {app: NAME}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: NAME}}
              template:
                metadata: {labels: {app: NAME}}
                spec:
                  serviceAccountName: NAME
                  containers:
                  - name: main
                    image: registry.example.org/NAME:1.2.3
                    envFrom: [{configMapRef: {name: NAME}}]
                    ports: [{name: http, containerPort: 8080}]
                    resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
                    readinessProbe: {httpGet: {path: /ready, port: http}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: NAME, namespace: shop}
            spec:
              rules:
              - host: NAME.example.org
                http:
                  paths: [{path: /, pathType: Prefix, backend: {service: {name: NAME, port: {name: http}}}}]
            """;

    @Test
    public void tenThousandObjectsTakeSeconds() throws Exception {
        List<Manifest> policies = policies();
        long begin = System.nanoTime();
        long cpu = ProcessorTime.nanos();
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            byte[] file = SERVICE.replace("NAME", "service-" + i).getBytes(StandardCharsets.UTF_8);
            manifests.addAll(ManifestReader.read("apps/" + i + ".yaml", file).manifests());
        }
        long read = System.nanoTime();
        List<Problem> problems = new ArrayList<>(IdentityClashes.find(manifests));
        problems.addAll(new Validation(Checks.OFFLINE, "shop", (manifest, field) -> manifest.location())
                .check(manifests, policies));
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "%d objects and %d policies: %d ms, of which reading %d ms; %d ms of processor time%n",
                manifests.size(),
                policies.size() / 2,
                taken.toMillis(),
                (read - begin) / 1_000_000,
                (ProcessorTime.nanos() - cpu) / 1_000_000);
        assertEquals(10_000, manifests.size());
        // The policies say what they think of such a service; nothing else does.
        assertEquals(
                List.of(),
                problems.stream()
                        .filter(problem -> !problem.message().contains("ValidatingAdmissionPolicy"))
                        .limit(3)
                        .toList());
        assertTrue(problems.size() + " problems", problems.size() > SERVICES);
        // Of the processors, since a busy machine is no failure; quadratic effort is one.
        assertTrue(
                "processor time " + (ProcessorTime.nanos() - cpu),
                ProcessorTime.nanos() - cpu < Duration.ofSeconds(90).toNanos());
    }

    /** All that hold of such objects, bound to their namespace. */
    private static List<Manifest> policies() throws Exception {
        try (InputStream in = LargeRepositoryTest.class.getResourceAsStream(
                "/io/jenkins/plugins/gitops/engine/policy/policies.yaml")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    + "\n"
                    + "---\n"
                    + "apiVersion: v1\n"
                    + "kind: Namespace\n"
                    + "metadata: {name: shop, labels: {policy-test: \"yes\"}}\n";
            return ManifestReader.read("policies.yaml", all.getBytes(StandardCharsets.UTF_8))
                    .manifests();
        }
    }
}
