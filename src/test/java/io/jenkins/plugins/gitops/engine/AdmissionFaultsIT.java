package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.cluster.FaultProxy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What others have put into the API server's way: webhooks, policies, extension API servers. All of it is real. */
public class AdmissionFaultsIT {

    /** Tenths of a second that what was installed may take until it has an effect. */
    private static final int MOMENTS = 600;

    private static final String SELECTOR = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}";

    @Rule
    public final EngineRule engine = new EngineRule();

    private String installed;

    @Before
    public void anApp() throws Exception {
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("b.yaml", Manifests.configMap("b", "key", "1"))
                .commit("First");
    }

    private void install(String manifest) throws Exception {
        installed = manifest.formatted(engine.namespace());
        engine.kubectlWith(installed, "apply", "-f", "-");
    }

    @After
    public void takeAway() throws Exception {
        if (installed != null) {
            engine.kubectlWith(installed, "delete", "--ignore-not-found", "-f", "-");
        }
    }

    private static String texts(Report report) {
        return report.message() + "\n" + report.problems() + "\n" + report.objects();
    }

    @Test
    public void aWebhookThatIsDown() throws Exception {
        install(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: "%1$s"}
                webhooks:
                  - name: down.example.org
                    clientConfig: {url: "https://127.0.0.1:1/"}
                    rules: [{apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["configmaps"]}]
                    objectSelector: {matchLabels: {tier: config}}
                """
                        + "    " + SELECTOR
                        + """

                    failurePolicy: Fail
                    sideEffects: None
                    timeoutSeconds: 2
                    admissionReviewVersions: ["v1"]
                """);
        Report report = waitUntil(Status.INVALID);
        assertTrue(texts(report), texts(report).contains("failed calling webhook \"down.example.org\""));
        assertTrue(texts(report), texts(report).contains("a.yaml:1:1"));
        assertEquals("", engine.kubectl("get", "configmaps", "-l", "tier=config", "-o", "name"));
    }

    /** A webhook takes effect a moment after it is made. */
    private Report waitUntil(Status status) throws Exception {
        Report report = engine.run(engine.request(Command.VALIDATE));
        for (int i = 0; i < MOMENTS && report.status() != status; i++) {
            Thread.sleep(100);
            report = engine.run(engine.request(Command.VALIDATE));
        }
        Report sync = engine.sync();
        assertEquals(texts(sync), status, sync.status());
        return sync;
    }

    /** The API server refuses to make such a webhook today; those made long ago are still there. */
    @Test
    public void aWebhookWithoutDryRuns() throws Exception {
        String message = "admission webhook \"old.example.org\" does not support dry run";
        try (FaultProxy proxy = new FaultProxy(engine.access())) {
            proxy.spoil(
                    asked -> asked.isDryRun() && asked.isAbout("configmaps", "a"),
                    exchange -> exchange.refuse(400, "BadRequest", message, Map.of()));
            Report report = engine.run(engine.request(Command.SYNC), proxy.access());
            assertEquals(Status.INVALID, report.status());
            assertTrue(
                    texts(report),
                    texts(report).contains("old.example.org") && texts(report).contains("a.yaml:1:1"));
            assertEquals("", engine.kubectl("get", "configmaps", "-l", "tier=config", "-o", "name"));
        }
    }

    @Test
    public void anAdmissionThatChangesWhatIsApplied() throws Exception {
        install(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingAdmissionPolicy
                metadata: {name: "%1$s"}
                spec:
                  failurePolicy: Fail
                  reinvocationPolicy: Never
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["configmaps"]}
                    objectSelector: {matchLabels: {tier: config}}
                """
                        + "    " + SELECTOR
                        + """

                  mutations:
                    - patchType: ApplyConfiguration
                      applyConfiguration:
                        expression: >-
                          Object{metadata: Object.metadata{labels: {"injected": "yes"}}, data: {"key": "of the policy"}}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingAdmissionPolicyBinding
                metadata: {name: "%1$s"}
                spec: {policyName: "%1$s"}
                """);
        boolean injected = false;
        for (int i = 0; i < MOMENTS && !injected; i++) {
            String probe = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: probe, labels: {tier: config}}\n";
            injected = engine.kubectlWith(probe, "create", "--dry-run=server", "-o", "yaml", "-f", "-")
                    .contains("injected");
            Thread.sleep(100);
        }
        assertTrue("the policy takes effect", injected);
        Report first = engine.sync();
        assertEquals(texts(first), Status.IN_SYNC, first.status());
        assertEquals(
                "of the policy yes",
                engine.kubectl("get", "configmap/a", "-o", "jsonpath={.data.key} {.metadata.labels.injected}"));
        Report second = engine.sync();
        assertEquals("nobody fights the policy for ever", 2, second.counts().unchanged());
        Report drift = engine.drift();
        assertEquals(texts(drift), Status.IN_SYNC, drift.status());
    }

    @Test
    public void anExtensionApiServerThatIsDown() throws Exception {
        install(
                """
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: "v1.%1$s.example.org"}
                spec:
                  group: "%1$s.example.org"
                  version: v1
                  service: {namespace: "%1$s", name: nobody}
                  insecureSkipTLSVerify: true
                  groupPriorityMinimum: 100
                  versionPriority: 100
                """);
        Report report = engine.sync();
        assertEquals("what else there is can be synced: " + texts(report), Status.IN_SYNC, report.status());
        assertEquals(2, report.counts().created());

        engine.repository()
                .write(
                        "thing.yaml",
                        "apiVersion: " + engine.namespace() + ".example.org/v1\nkind: Thing\nmetadata: {name: x}\n")
                .delete("b.yaml")
                .commit("A thing");
        Report second = engine.sync();
        assertEquals(Status.INVALID, second.status());
        assertTrue(texts(second), texts(second).contains("thing.yaml:1:1"));
        assertTrue(texts(second), texts(second).contains(engine.namespace() + ".example.org/v1"));
        assertTrue(engine.kubectl("get", "configmaps", "-o", "name").contains("configmap/b"));
    }
}
