package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** With controllers and simulated nodes: healthy means rolled out. */
public class RolloutIT {

    @Rule
    public final EngineRule engine = new EngineRule(true);

    @Test
    public void aSyncWaitsUntilTheDeploymentIsAvailable() throws Exception {
        engine.repository().write("web.yaml", Manifests.deployment("web", 2, "web:1"));
        engine.repository().commit("Run the web");
        Report report = engine.sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals(
                HealthStatus.HEALTHY,
                engine.object(report, "Deployment", "web").health().status());
        assertEquals("2", engine.kubectl("get", "deployment/web", "-o", "jsonpath={.status.availableReplicas}"));
    }

    @Test
    public void whatNeverBecomesReadyIsNotHealthyInTimeAndNothingIsPruned() throws Exception {
        engine.repository()
                .write("old.yaml", Manifests.configMap("old", "key", "1"))
                .write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        engine.repository().commit("Run the web");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        engine.repository().delete("old.yaml");
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 1, "web:2") + "      nodeSelector: {no-such: node}\n");
        engine.repository().commit("Ask for a node that is not there");
        Report report =
                engine.run(engine.request(Command.SYNC).withHealth(new HealthPolicy(true, Duration.ofSeconds(3))));
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertEquals("configmap/old", engine.kubectl("get", "configmap/old", "-o", "name"));
    }

    @Test
    public void onlineBoutiqueRollsOut() throws Exception {
        Path manifests = realManifests("online-boutique/kubernetes-manifests");
        engine.repository().copy(manifests, "app");
        engine.repository().commit("Online Boutique");
        Report report = engine.run(
                engine.request(Command.SYNC).withPath("app").withHealth(new HealthPolicy(true, Duration.ofMinutes(3))));
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals(0, report.counts().unhealthy());
        Report again = engine.run(engine.request(Command.SYNC).withPath("app"));
        assertEquals(again.toString(), again.counts().total(), again.counts().unchanged());
        assertEquals(
                Status.IN_SYNC,
                engine.run(engine.request(Command.DRIFT).withPath("app")).status());
    }

    @Test
    public void kubePrometheusComesUpFromNothing() throws Exception {
        Path manifests = realManifests("kube-prometheus/manifests");
        engine.repository().copy(manifests, "app");
        engine.repository().commit("kube-prometheus");
        SyncRequest request =
                engine.request(Command.SYNC).withPath("app").withHealth(new HealthPolicy(false, Duration.ZERO));
        Report report = engine.run(request);
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertTrue(report.counts().created() > 100);
        Report again = engine.run(request);
        assertEquals(again.toString(), again.counts().total(), again.counts().unchanged());
    }

    private static Path realManifests(String folder) {
        Optional<Path> found = RealManifests.folder(folder);
        assumeTrue("a folder of real manifests is present", found.isPresent());
        return found.get();
    }
}
