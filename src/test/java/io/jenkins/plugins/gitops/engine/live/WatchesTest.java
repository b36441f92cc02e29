package io.jenkins.plugins.gitops.engine.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.FaultyServer;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The watches of a wait: how many there are, what takes their place, and that none is left. */
public class WatchesTest {

    private static final String LIST = "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[]}";
    private static final String FORBIDDEN = FaultyServer.status(403, "Forbidden", "may not");

    @Rule
    public final FaultyServer server = new FaultyServer();

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private ApiServer api;
    private Watches watches;

    @Before
    public void connect() throws Exception {
        api = server.connect();
        watches = new Watches(new ObjectApi(api));
    }

    @After
    public void noThreadIsLeft() {
        long start = System.nanoTime();
        watches.close();
        watches.follow(new Follower("after the end", "", List.of(), 0));
        assertTrue("ends at once", System.nanoTime() - start < 2_000_000_000L);
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("gitops-watch"))
                .toList();
        assertEquals(List.of(), left);
        api.close();
    }

    /** Tells what it is told. */
    private final class Follower implements Channel {

        private final String name;
        private final String namespace;
        private final List<Follower> narrower;
        private int looks;

        Follower(String name, String namespace, List<Follower> narrower, int looks) {
            this.name = name;
            this.namespace = namespace;
            this.narrower = narrower;
            this.looks = looks;
        }

        @Override
        public Selection selection() {
            ApiResource kind = new ApiResource("", "v1", "ConfigMap", "configmaps", true, Set.of("list", "watch"));
            return Selection.of(kind, namespace, "x=y");
        }

        @Override
        public List<Follower> split() {
            return narrower;
        }

        @Override
        public boolean look(ObjectApi objects, ApiException why) {
            told.add(name + " looks: " + why.getMessage());
            return --looks > 0;
        }

        @Override
        public void failed(Exception why) {
            told.add(name + " failed: " + why.getMessage());
        }

        @Override
        public void listed(List<ObjectNode> objects) {
            told.add(name + " listed");
        }

        @Override
        public void changed(ObjectNode object) {}

        @Override
        public void deleted(ObjectNode object) {}

        @Override
        public void watching() {
            told.add(name + " watching");
        }

        @Override
        public void troubled(ClusterException why) {}
    }

    private void expect(String... lines) throws InterruptedException {
        for (String line : lines) {
            assertEquals(line, told.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    public void whatFindsNoPlaceIsListedUntilThereIsOne() throws Exception {
        for (int i = 0; i < Watches.MOST; i++) {
            server.answer(200, LIST).open("");
        }
        server.answer(200, LIST);
        for (int i = 0; i < Watches.MOST; i++) {
            watches.follow(new Follower("one", "", List.of(), 0));
            expect("one listed", "one watching");
        }
        watches.follow(new Follower("one too many", "", List.of(), 0));
        expect("one too many listed");
        assertEquals(2 * Watches.MOST + 1, server.requests.size());
        assertEquals(
                Watches.MOST,
                server.requests.stream().filter(r -> r.contains("watch=true")).count());
    }

    @Test
    public void aCredentialForSomeNamespacesAsksInEachOfThem() throws Exception {
        server.answer(403, FORBIDDEN).answer(200, LIST).open("");
        watches.follow(new Follower("all", "", List.of(new Follower("shop", "shop", List.of(), 0)), 0));
        expect("shop listed", "shop watching");
        assertTrue(
                server.requests.get(1), server.requests.get(1).startsWith("GET /api/v1/namespaces/shop/configmaps?"));
    }

    @Test
    public void aCredentialThatMayNotWatchLooksNowAndThen() throws Exception {
        server.answer(403, FORBIDDEN);
        watches.follow(new Follower("shop", "shop", List.of(), 2));
        expect("shop looks: may not", "shop looks: may not");
    }

    @Test
    public void aCredentialThatIsNotAcceptedEndsTheWait() throws Exception {
        server.answer(401, FaultyServer.status(401, "Unauthorized", "who are you"));
        watches.follow(new Follower("all", "", List.of(new Follower("shop", "shop", List.of(), 0)), 1));
        String line = told.poll(5, TimeUnit.SECONDS);
        assertTrue(line, line.startsWith("all failed: "));
        assertEquals(1, server.requests.size());
    }
}
