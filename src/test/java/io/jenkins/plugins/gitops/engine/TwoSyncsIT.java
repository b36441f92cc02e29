package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.InventoryStore;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.Rule;
import org.junit.Test;

/** Two syncs of one app at the same time. */
public class TwoSyncsIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void theSecondIsRefusedOrWaitsAndThenSeesWhatTheFirstDid() throws Exception {
        engine.repository().write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        engine.repository().commit("Run the web");
        // Nothing plays the nodes here: the first waits until the test says that the web is up.
        FutureTask<Report> first = start(
                engine.request(Command.SYNC)
                        .withLease(new LeasePolicy("job/shop #12", Duration.ZERO))
                        .withHealth(new HealthPolicy(true, Duration.ofMinutes(3))),
                ProgressListener.SILENT);
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        while (engine.kubectl("get", "deployments", "-o", "name").isEmpty()) {
            Thread.sleep(100);
        }
        engine.repository().commit("Add settings");

        Report refused =
                engine.run(engine.request(Command.SYNC).withLease(new LeasePolicy("job/shop #13", Duration.ZERO)));
        assertEquals(Status.REFUSED, refused.status());
        assertTrue(
                refused.message(), refused.message().startsWith("app \"app\" is being synced by job/shop #12 since"));
        assertEquals("nothing was written", "", engine.kubectl("get", "configmaps", "settings", "--ignore-not-found"));

        Recorder recorder = new Recorder();
        FutureTask<Report> second = start(
                engine.request(Command.SYNC).withLease(new LeasePolicy("job/shop #13", Duration.ofMinutes(3))),
                recorder);
        while (recorder.lines().stream().noneMatch(line -> line.endsWith("; waiting for it to end"))) {
            assertFalse("it waits", second.isDone());
            Thread.sleep(20);
        }
        engine.kubectl(
                "patch",
                "deployment/web",
                "--subresource=status",
                "--patch={\"status\":{\"observedGeneration\":1,\"replicas\":1,\"updatedReplicas\":1,"
                        + "\"readyReplicas\":1,\"availableReplicas\":1,"
                        + "\"conditions\":[{\"type\":\"Available\",\"status\":\"True\"},"
                        + "{\"type\":\"Progressing\",\"status\":\"True\",\"reason\":\"NewReplicaSetAvailable\"}]}}");
        assertEquals(Status.IN_SYNC, first.get().status());
        Report waited = second.get();
        assertEquals(waited.toString(), Status.IN_SYNC, waited.status());
        assertEquals(1, waited.counts().created());
    }

    /** Nobody has to wait for the other, and yet what the second has looked at is what the first has changed since. */
    @Test
    public void whatOneDoesBetweenTheLookAndTheFirstWriteOfTheOtherIsSeen() throws Exception {
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Add settings");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "red"));
        String older = engine.repository().commit("Change the colour");
        engine.repository().write("web.yaml", Manifests.deployment("web", 1, "web:1"));
        engine.repository().commit("Run the web, which is of a kind that the app never had");
        Report report = syncAround(older, asked -> asked.isAbout("leases", "gitops-app"));
        assertEquals(
                "what Git does not declare at this commit", 1, report.counts().pruned());
        assertEquals("", engine.kubectl("get", "deployments", "web", "--ignore-not-found"));
        assertEquals("red", engine.kubectl("get", "configmap", "settings", "-o", "jsonpath={.data.colour}"));
    }

    /** Without a single write there is no lease either. */
    @Test
    public void aSyncThatHasNothingToDoDoesNotForgetWhatAnotherOneHasDone() throws Exception {
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        String older = engine.repository().commit("Add settings");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        try (ApiServer server = ApiServer.connect(engine.access())) {
            // The states of the objects are lost, and will be remembered again.
            InventoryStore store = store(server);
            Inventory known = store.load();
            Set<ObjectId> ids = known.synced().keySet();
            store.save(Inventory.of(ids, known.synced(), Map.of(), engine.namespace(), older), "repository");
            engine.repository().write("more.yaml", Manifests.configMap("more", "key", "1"));
            engine.repository().commit("Add more");

            Report report = syncAround(
                    older,
                    asked -> asked.isAbout("configmaps", "gitops-app")
                            && asked.headers().getFirst("Accept").contains("PartialObjectMetadata"));
            assertEquals("nothing had changed", report.message());
            assertTrue(store(server)
                    .load()
                    .synced()
                    .containsKey(new ObjectId("", "ConfigMap", engine.namespace(), "more")));
        }
    }

    private InventoryStore store(ApiServer server) {
        return new InventoryStore(new ObjectApi(server), new ApplySet("app", engine.namespace()));
    }

    /** A sync of one commit that, at a certain request, is kept waiting until another one has synced the newest. */
    private Report syncAround(String commit, Predicate<FaultProxy.Asked> at) throws Exception {
        RepositoryRequest source = new RepositoryRequest(
                engine.repository().directory().toString(), commit, false, RepositoryPolicy.localAndRemote(), null);
        SyncRequest request = SyncRequest.of(Command.SYNC, source)
                .withApp("app")
                .withNamespace(engine.namespace())
                .withHealth(new HealthPolicy(false, Duration.ofSeconds(1)));
        List<Report> newest = new CopyOnWriteArrayList<>();
        try (FaultProxy proxy = new FaultProxy(engine.access())) {
            proxy.spoil(1, at, exchange -> {
                try {
                    newest.add(engine.sync());
                } catch (Exception e) {
                    throw new IOException(e);
                }
                exchange.passOn();
            });
            Report report = engine.run(request, proxy.access());
            assertEquals(Status.IN_SYNC, newest.get(0).status());
            assertEquals(1, newest.get(0).counts().created());
            assertEquals(report.toString(), Status.IN_SYNC, report.status());
            return report;
        }
    }

    private FutureTask<Report> start(SyncRequest request, ProgressListener progress) {
        FutureTask<Report> run = new FutureTask<>(() -> engine.run(request, progress));
        new Thread(run).start();
        return run;
    }
}
