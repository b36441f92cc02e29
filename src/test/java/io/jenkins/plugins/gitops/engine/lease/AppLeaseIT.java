package io.jenkins.plugins.gitops.engine.lease;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Who may write to an app, on a real API server. */
public class AppLeaseIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> outOfDate = new ConcurrentHashMap<>();
    private ApiServer server;

    @Before
    public void connect() throws Exception {
        server = ApiServer.connect(engine.access());
    }

    @After
    public void close() {
        server.close();
    }

    @Test
    public void isRefusedToTheSecondWithTheNameOfTheFirst() throws Exception {
        try (AppLease ignored = acquire("job/shop #12", Duration.ZERO)) {
            LeaseHeldException refused =
                    assertThrows(LeaseHeldException.class, () -> acquire("job/shop #13", Duration.ZERO));
            assertTrue(
                    refused.getMessage(),
                    refused.getMessage()
                            .matches("app \"shop\" is being synced by job/shop #12 since \\S+Z \\(Lease "
                                    + engine.namespace() + "/gitops-shop\\): nothing was done; .*"));
        }
        try (AppLease next = acquire("job/shop #13", Duration.ZERO)) {
            assertFalse("was free", outOfDate.get("job/shop #13"));
        }
    }

    @Test
    public void isWaitedFor() throws Exception {
        AppLease first = acquire("first", Duration.ZERO);
        Thread ends = new Thread(() -> {
            while (told.isEmpty()) {
                Thread.onSpinWait();
            }
            first.close();
        });
        ends.start();
        try (AppLease second = acquire("second", Duration.ofSeconds(120))) {
            assertTrue("what it saw before is out of date", outOfDate.get("second"));
        }
        ends.join();
        assertEquals(told.toString(), 1, told.size());
        assertTrue(told.toString(), told.get(0).endsWith("; waiting for it to end"));
    }

    @Test
    public void onlyOneOfManyHasItAtAnyTime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger turns = new AtomicInteger();
        List<Thread> syncs = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "sync " + i;
            Thread sync = new Thread(() -> {
                try (AppLease ignored = acquire(name, Duration.ofSeconds(120))) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(50);
                    inside.decrementAndGet();
                    turns.incrementAndGet();
                } catch (Exception e) {
                    told.add(e.toString());
                }
            });
            syncs.add(sync);
            sync.start();
        }
        for (Thread sync : syncs) {
            sync.join();
        }
        assertEquals(told.toString(), 4, turns.get());
        assertEquals(1, most.get());
    }

    @Test
    public void ofASyncThatWasKilledIsTakenOverWhenItHasExpired() throws Exception {
        lease("killed_0123abcd", Instant.now().minusSeconds(60));
        try (AppLease next = acquire("next", Duration.ZERO)) {
            assertFalse(outOfDate.get("next"));
            assertTrue(holder(), holder().startsWith("next_"));
        }
        assertEquals("given back", "", holder());
    }

    @Test
    public void ofASyncThatRenewedItJustNowIsNot() throws Exception {
        lease("alive_0123abcd", Instant.now());
        assertThrows(LeaseHeldException.class, () -> acquire("next", Duration.ofMillis(300)));
    }

    @Test
    public void isGivenBackWhenTheThreadWasInterrupted() throws Exception {
        AppLease lease = acquire("aborted", Duration.ZERO);
        Thread.currentThread().interrupt();
        lease.close();
        assertTrue("the interrupt is kept", Thread.interrupted());
        assertEquals("", holder());
    }

    /** It takes ten seconds until the loss is noticed: the time between two renewals. */
    @Test
    public void lostToSomebodyElseStopsTheWork() throws Exception {
        try (AppLease lease = acquire("slow", Duration.ZERO)) {
            lease("thief_0123abcd", Instant.now());
            assertThrows(InterruptedException.class, () -> Thread.sleep(120_000));
            assertEquals(
                    "another sync has taken the Lease over: thief_0123abcd",
                    lease.loss().orElse(""));
        }
        assertEquals("what is another's is not given back", "thief_0123abcd", holder());
    }

    @Test
    public void withoutTheRightToLeasesThereIsAWarning() throws Exception {
        ClusterAccess reader = engine.tenant("view");
        try (ApiServer asReader = ApiServer.connect(reader);
                AppLease lease =
                        new AppLease(asReader, applySet(), new LeasePolicy("reader", Duration.ZERO), new Listener())) {
            assertFalse(lease.acquire());
            assertTrue(lease.loss().isEmpty());
        }
        assertEquals(1, told.size());
        assertTrue(told.get(0), told.get(0).contains("may not use the Lease"));
    }

    @Test
    public void canOnlyBeTakenOnceItsNamespaceExists() throws Exception {
        ApplySet late = new ApplySet("shop", engine.namespace() + "-late");
        try (AppLease lease = new AppLease(server, late, LeasePolicy.DEFAULT, new Listener())) {
            assertFalse(lease.acquire());
            engine.kubectl("create", "namespace", late.namespace());
            assertFalse(lease.acquire());
            AppLease other = new AppLease(server, late, new LeasePolicy("other", Duration.ZERO), new Listener());
            assertThrows(LeaseHeldException.class, other::acquire);
        }
    }

    private AppLease acquire(String holder, Duration patience) throws Exception {
        AppLease lease = new AppLease(server, applySet(), new LeasePolicy(holder, patience), new Listener());
        outOfDate.put(holder, lease.acquire());
        return lease;
    }

    private ApplySet applySet() {
        return new ApplySet("shop", engine.namespace());
    }

    private String holder() throws Exception {
        return engine.kubectl("get", "lease", "gitops-shop", "-o", "jsonpath={.spec.holderIdentity}");
    }

    private void lease(String holder, Instant renewed) throws Exception {
        engine.kubectlWith(
                """
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: gitops-shop}
                spec: {holderIdentity: %s, leaseDurationSeconds: 30, renewTime: "%s"}
                """
                        .formatted(holder, renewed.plusNanos(1_000).toString().replaceFirst("(\\.\\d{6})\\d*Z", "$1Z")),
                "apply",
                "--server-side",
                "--force-conflicts",
                "-f",
                "-");
    }

    /** Keeps what is said. */
    private final class Listener implements ProgressListener {
        @Override
        public void message(String text) {
            told.add(text);
        }

        @Override
        public void warning(Problem warning) {
            told.add(warning.message());
        }

        @Override
        public void object(ObjectId id, String done, String detail) {}

        @Override
        public void waiting(int ready, int total, Duration elapsed, String next) {}
    }
}
