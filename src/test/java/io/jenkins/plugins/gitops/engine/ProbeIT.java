package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.probe.Finding;
import io.jenkins.plugins.gitops.engine.probe.Probe;
import io.jenkins.plugins.gitops.engine.probe.ProbeResult;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.List;
import java.util.TreeMap;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What metadata alone tells of hands laid on an app. */
public class ProbeIT {

    @Rule
    public EngineRule engine = new EngineRule();

    @Before
    public void synced() throws Exception {
        engine.repository().write("web.yaml", Manifests.deployment("web", 2, "nginx:1.27"));
        engine.repository()
                .write(
                        "settings.yaml",
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: settings}
                        data: {level: info}
                        """);
        engine.repository()
                .write(
                        "password.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: password}
                        stringData: {password: not-a-secret}
                        """);
        engine.repository().commit("Declare an app");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    private ProbeResult probe() throws Exception {
        return new GitOpsEngine(engine.getRoot().toPath()).probe(engine.access(), "app", engine.namespace());
    }

    private List<String> findings() throws Exception {
        return probe().findings().stream().map(Finding::toString).toList();
    }

    private String name(String kindAndName) {
        return kindAndName.replace("/", "/" + engine.namespace() + "/");
    }

    @Test
    public void nothingForeignHappened() throws Exception {
        ProbeResult result = probe();

        assertTrue(result.toString(), result.isQuiet());
        assertEquals(3, result.objects());
        assertEquals(0, result.unknown());
        assertEquals("inventory, discovery, a list for each kind", 6, result.requests());
        assertTrue(result.bytes() > 0);
    }

    @Test
    public void aLaterProbeAsksOnlyForWhatHasChanged() throws Exception {
        ProbeResult first = probe();
        ProbeResult second = probe();
        assertTrue(second.toString(), second.isQuiet());
        assertEquals(3, second.objects());
        assertEquals("inventory, and of each kind the moment and the events", 7, second.requests());
        assertTrue(second.bytes() < first.bytes() / 3);

        engine.kubectl("patch", "configmap", "settings", "--type=merge", "-p", "{\"data\":{\"level\":\"debug\"}}");
        engine.kubectl("delete", "secret", "password");
        List<String> expected = List.of(name("ConfigMap/settings") + ": changed", name("Secret/password") + ": gone");
        assertEquals(expected, findings());
        assertEquals("what was found once stays", expected, findings());

        engine.sync();
        assertTrue(probe().isQuiet());
    }

    @Test
    public void whatOfAnEarlierProbeIsOfNoUseDoesNoHarm() throws Exception {
        ProbeState seen = probe().state();
        engine.kubectl("patch", "configmap", "settings", "--type=merge", "-p", "{\"data\":{\"level\":\"debug\"}}");
        List<String> expected = List.of(name("ConfigMap/settings") + ": changed");

        // From another cluster; so old that the server has forgotten; from before the server was set back.
        assertEquals(expected, findings(new ProbeState("another", seen.objects(), seen.kinds())));
        assertEquals(expected, findings(at(seen, "1")));
        assertEquals(expected, findings(at(seen, "9000000000000000000")));
        assertEquals(expected, findings(at(seen, "nonsense")));
        assertEquals(expected, findings(ProbeState.NONE));
        assertEquals(expected, findings(seen));
    }

    private List<String> findings(ProbeState before) throws Exception {
        return Probe.run(engine.access(), "app", engine.namespace(), ProbeState.parse(before.toString()))
                .findings()
                .stream()
                .map(Finding::toString)
                .toList();
    }

    private static ProbeState at(ProbeState seen, String version) {
        TreeMap<String, String> kinds = new TreeMap<>();
        seen.kinds().forEach((name, text) -> kinds.put(name, text.replaceFirst("[^ ]+", version)));
        return new ProbeState(seen.inventory(), seen.objects(), kinds);
    }

    @Test
    public void changedValuesOfEveryKindAreFound() throws Exception {
        engine.kubectl("set", "image", "deployment/web", "web=nginx:1.26");
        engine.kubectl("patch", "configmap", "settings", "--type=merge", "-p", "{\"data\":{\"level\":\"debug\"}}");
        engine.kubectl(
                "patch", "secret", "password", "--type=merge", "-p", "{\"stringData\":{\"password\":\"other\"}}");

        assertEquals(
                List.of(
                        name("ConfigMap/settings") + ": changed",
                        name("Deployment/web") + ": changed",
                        name("Secret/password") + ": changed"),
                findings());
    }

    @Test
    public void aFieldAddedByHandIsFound() throws Exception {
        engine.kubectl("label", "configmap", "settings", "owner=me");

        assertEquals(List.of(name("ConfigMap/settings") + ": changed"), findings());
    }

    @Test
    public void deletedRemadeAndExtraObjectsAreFound() throws Exception {
        engine.kubectl("delete", "secret", "password");
        engine.kubectl("get", "configmap", "settings", "-o", "name");
        String mark = engine.kubectl("get", "configmap", "settings", "-o", "jsonpath={.metadata.labels}");
        engine.kubectl("delete", "configmap", "settings");
        engine.kubectlWith(
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"settings\",\"labels\":" + mark
                        + "},\"data\":{\"level\":\"info\"}}",
                "create",
                "-f",
                "-");

        assertEquals(List.of(name("ConfigMap/settings") + ": changed", name("Secret/password") + ": gone"), findings());
    }

    @Test
    public void whatAControllerReportsIsNoFinding() throws Exception {
        engine.kubectl(
                "patch",
                "deployment",
                "web",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"replicas\":2,\"observedGeneration\":1}}");

        assertEquals(List.of(), findings());
    }

    @Test
    public void aSyncSettlesWhatWasFound() throws Exception {
        engine.kubectl("set", "image", "deployment/web", "web=nginx:1.26");
        assertFalse(probe().isQuiet());

        engine.sync();

        assertTrue(probe().isQuiet());
    }

    @Test
    public void anAppThatWasNeverSyncedIsUnknown() throws Exception {
        ProbeResult result =
                new GitOpsEngine(engine.getRoot().toPath()).probe(engine.access(), "other", engine.namespace());

        assertFalse(result.known());
        assertFalse(result.isQuiet());
    }
}
