package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy.Asked;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy.Fault;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A sync that waits for a Deployment over watches that go wrong. */
public class WatchFaultsIT {

    private static final String GONE =
            """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old resource \\
            version","reason":"Expired","code":410}}
            """
                    .replace("\\\n", "");

    @Rule
    public final EngineRule engine = new EngineRule(true);

    private FaultProxy proxy;

    @Before
    public void anApp() throws Exception {
        engine.repository().write("web.yaml", slow("web:1")).commit("First");
        proxy = new FaultProxy(engine.access());
    }

    @After
    public void close() {
        proxy.close();
    }

    /** Not available before somebody has begun to watch it, however late that is. */
    private static String slow(String image) {
        return Manifests.deployment("web", 2, image)
                .replace("spec:\n  replicas", "spec:\n  minReadySeconds: 5\n  replicas");
    }

    private void succeeds(int times, Fault fault) throws Exception {
        proxy.spoil(times, Asked::isWatch, fault);
        Report report = engine.run(engine.request(Command.SYNC), proxy.access());
        assertTrue("nothing was spoiled", proxy.struck() > 0);
        assertEquals(report.message(), Status.IN_SYNC, report.status());
        assertEquals("2", engine.kubectl("get", "deployment/web", "-o", "jsonpath={.status.availableReplicas}"));
    }

    @Test
    public void theyCloseAtOnce() throws Exception {
        succeeds(5, exchange -> exchange.begin("application/json").close());
    }

    @Test
    public void theyBreakAtOnce() throws Exception {
        succeeds(5, exchange -> exchange.hangUp());
    }

    @Test
    public void theirPointInTimeIsForgotten() throws Exception {
        succeeds(5, exchange -> {
            try (OutputStream out = exchange.begin("application/json")) {
                out.write(GONE.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** As after etcd was restored from a backup, or from a replica that lags behind. */
    @Test
    public void theyGoBackInTime() throws Exception {
        succeeds(3, exchange -> {
            try (OutputStream out = exchange.begin("application/json")) {
                out.write(
                        """
                        {"type":"MODIFIED","object":{"apiVersion":"apps/v1","kind":"Deployment","metadata":\
                        {"name":"web","namespace":"%s","resourceVersion":"1","generation":1},\
                        "spec":{"replicas":2},"status":{}}}
                        """
                                .formatted(engine.namespace())
                                .getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    public void theySayNothingAnyMore() throws Exception {
        proxy.spoil(Asked::isWatch, exchange -> {
            exchange.begin("application/json");
            Thread.sleep(600_000);
        });
        engine.repository().write("web.yaml", slow("web:2")).commit("Second");
        long start = System.nanoTime();
        Report report = engine.run(
                engine.request(Command.SYNC).withHealth(new HealthPolicy(true, Duration.ofSeconds(8))), proxy.access());
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertTrue("nothing was spoiled", proxy.struck() > 0);
        assertTrue(seconds + " s", seconds < 120);
        assertTrue(
                report.status().toString(), report.status() == Status.UNHEALTHY || report.status() == Status.IN_SYNC);
        assertEquals("what was done is told", 1, report.objects().size());
    }
}
