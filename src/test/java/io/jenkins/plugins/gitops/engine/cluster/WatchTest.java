package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A watch goes on through whatever happens to its connection, and misses nothing. */
public class WatchTest {

    private static final Watch.Pace HASTY = new Watch.Pace(
            Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofMillis(10), Duration.ofMillis(50));

    @Rule
    public final FaultyServer server = new FaultyServer();

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private ApiServer api;
    private Watch watch;
    private Thread thread;

    private final Watch.Listener listener = new Watch.Listener() {
        @Override
        public void listed(List<ObjectNode> objects) {
            told.add("listed " + objects.stream().map(WatchTest::name).toList());
        }

        @Override
        public void changed(ObjectNode object) {
            told.add("changed " + name(object));
        }

        @Override
        public void deleted(ObjectNode object) {
            told.add("deleted " + name(object));
        }

        @Override
        public void troubled(ClusterException why) {
            told.add("troubled " + why.getMessage());
        }

        @Override
        public void watching() {
            told.add("watching");
        }
    };

    @Before
    public void connect() throws Exception {
        api = server.connect();
    }

    @After
    public void everythingEndsAtOnce() throws Exception {
        if (thread != null) {
            long start = System.nanoTime();
            watch.close();
            thread.interrupt();
            thread.join(5_000);
            assertFalse("the thread has ended", thread.isAlive());
            assertTrue("at once", System.nanoTime() - start < 2_000_000_000L);
        }
        api.close();
    }

    @Test
    public void changesAreToldAsTheyCome() throws Exception {
        server.answer(200, list("5", "a"))
                .open(event("ADDED", "b", 6) + event("MODIFIED", "a", 7) + event("DELETED", "b", 8));
        start();
        expect("listed [a]", "watching", "changed b", "changed a", "deleted b");
        assertEquals("GET /apis/apps/v1/namespaces/shop/deployments?limit=500&labelSelector=x%3Dy", request(0));
        assertTrue(
                request(1),
                request(1)
                        .matches("GET /apis/apps/v1/namespaces/shop/deployments\\?watch=true&allowWatchBookmarks=true"
                                + "&timeoutSeconds=3\\d&labelSelector=x%3Dy&resourceVersion=5"));
    }

    @Test
    public void aWatchThatTheServerClosesGoesOnWhereItStoppedAndIsNoTrouble() throws Exception {
        server.answer(200, list("5", "a"))
                .answer(200, event("MODIFIED", "a", 7) + event("BOOKMARK", "", 19))
                .open(event("MODIFIED", "a", 20));
        start();
        expect("listed [a]", "watching", "changed a", "watching", "changed a");
        assertTrue(request(2), request(2).endsWith("&resourceVersion=19"));
    }

    @Test
    public void anAgedVersionMeansThatAllIsListedAgain() throws Exception {
        server.answer(200, list("5", "a", "b"))
                .answer(
                        200,
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\","
                                + "\"message\":\"too old resource version\"}}")
                .answer(200, list("90", "a"))
                .answer(410, FaultyServer.status(410, "Expired", "too old resource version"))
                .answer(200, list("95", "a", "c"))
                .open(event("MODIFIED", "c", 96));
        start();
        expect("listed [a, b]", "watching", "listed [a]");
        expect("troubled too old resource version");
        expect("listed [a, c]", "watching", "changed c");
        assertTrue(request(5), request(5).endsWith("&resourceVersion=95"));
    }

    @Test
    public void aWatchThatFallsSilentIsOpenedAgain() throws Exception {
        server.answer(200, list("5", "a")).open(event("MODIFIED", "a", 7)).open(event("MODIFIED", "a", 8));
        start();
        expect("listed [a]", "watching", "changed a", "watching", "changed a");
        assertTrue(request(2), request(2).endsWith("&resourceVersion=7"));
    }

    @Test
    public void anAnswerThatIsCutOffIsNoEvent() throws Exception {
        String whole = event("MODIFIED", "a", 7);
        server.answer(200, list("5", "a"))
                .answer(200, whole + whole.substring(0, 40))
                .open(event("DELETED", "a", 9));
        start();
        expect("listed [a]", "watching", "changed a", "watching", "deleted a");
        assertTrue(request(2), request(2).endsWith("&resourceVersion=7"));
    }

    @Test
    public void overloadIsWaitedOut() throws Exception {
        server.answer(200, list("5", "a"))
                .answer(429, FaultyServer.status(429, "TooManyRequests", "slow down"))
                .open(event("MODIFIED", "a", 7));
        start();
        expect("listed [a]", "troubled slow down", "watching", "changed a");
    }

    @Test
    public void aRefusalEndsIt() throws Exception {
        server.answer(200, list("5", "a")).answer(403, FaultyServer.status(403, "Forbidden", "may not watch"));
        start();
        expect("listed [a]", "ended may not watch");
    }

    private void start() {
        ApiResource kind = new ApiResource("apps", "v1", "Deployment", "deployments", true, Set.of("list", "watch"));
        watch = new Watch(api, new ObjectApi(api), Selection.of(kind, "shop", "x=y"), listener, HASTY);
        thread = new Thread(() -> {
            try {
                watch.run();
            } catch (ApiException e) {
                told.add("ended " + e.getMessage());
            } catch (InterruptedException e) {
                told.add("interrupted");
            }
        });
        thread.start();
    }

    private void expect(String... lines) throws InterruptedException {
        for (String line : lines) {
            assertEquals(line, told.poll(5, TimeUnit.SECONDS));
        }
    }

    private String request(int number) {
        return server.requests.get(number);
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String list(String version, String... names) {
        StringBuilder items = new StringBuilder();
        for (String name : names) {
            items.append(items.isEmpty() ? "" : ",").append("{\"metadata\":{\"name\":\"" + name + "\"}}");
        }
        return "{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"items\":[" + items + "]}";
    }

    private static String event(String type, String name, int version) {
        return "{\"type\":\"" + type + "\",\"object\":{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\""
                + version + "\"}}}\n";
    }
}
