package io.jenkins.plugins.gitops.engine.inventory;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/**
 * The inventory of an app of any size, on a real API server: what does not fit into the parent stands in parts, and no
 * crash, reader or rival ever meets half of it.
 */
public class InventoryStoreIT {

    /** For apps of a few members, so that they have parts, too. */
    private static final int LITTLE = 2_000;

    private static final ApiResource CONFIG_MAPS =
            new ApiResource("", "v1", "ConfigMap", "configmaps", true, Set.of("list", "delete"));
    private static final String REPOSITORY = "https://example.org/config.git";

    @Rule
    public final EngineRule engine = new EngineRule();

    private ApiServer server;
    private FaultProxy proxy;
    private ApiServer proxied;
    private ApplySet applySet;

    /** How many requests more come through before the crash. */
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    @Before
    public void connect() throws Exception {
        server = ApiServer.connect(engine.access());
        proxy = new FaultProxy(engine.access());
        proxied = ApiServer.connect(proxy.access());
        applySet = new ApplySet("app", engine.namespace());
    }

    @After
    public void disconnect() {
        proxied.close();
        proxy.close();
        server.close();
    }

    @Test
    public void theInventoryOfFiftyThousandObjectsIsWrittenReadAndNarrowedAgain() throws Exception {
        Inventory large = inventory(50_000, 1);
        InventoryStore store = new InventoryStore(new ObjectApi(server), applySet);
        store.save(large, REPOSITORY);

        assertEquals(large, load());
        List<Integer> sizes = sizes();
        assertTrue(
                "more than one object can hold: " + sizes,
                sizes.stream().mapToInt(Integer::intValue).sum() > 1 << 20);
        assertTrue("each far from the bound of 1 MiB: " + sizes, Collections.max(sizes) < 800 << 10);

        // As a sync does it before it writes: wider, with the same digests.
        List<String> before = parts();
        store.save(large.widenedBy(List.of(new ObjectId("", "Pod", "other", "p")), engine.namespace()), REPOSITORY);
        assertEquals("nothing that was the same was written again", before, parts());

        Inventory small = inventory(3, 2);
        store.save(small, REPOSITORY);
        assertEquals(small, load());
        assertEquals(List.of(), parts());
    }

    @Test
    public void aSyncThatFailsForgetsNoneOfFiftyThousandAndOneThatEndsWellTellsWhatIsThere() throws Exception {
        new InventoryStore(new ObjectApi(server), applySet).save(inventory(50_000, 1), REPOSITORY);
        engine.repository().write("a.yaml", Manifests.configMap("a", "key", "1"));
        engine.repository()
                .write("b.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec: {ports: [{port: 80}]}\n");
        engine.repository().commit("Two");
        proxy.spoil(
                asked -> asked.isApply() && asked.isAbout("services", "b"),
                exchange -> exchange.refuse(403, "Forbidden", "not you", Map.of()));

        Report failed = engine.run(engine.request(Command.SYNC), proxy.access());
        assertEquals(failed.message(), Status.FAILED, failed.status());
        assertEquals(50_001, load().synced().size());

        Report report = engine.sync();
        assertEquals(report.message(), Status.IN_SYNC, report.status());
        assertEquals(2, load().synced().size());
        assertEquals(List.of(), parts());
    }

    /** An inventory as it was before there were parts, and as it is still where it is small enough. */
    @Test
    public void whatStandsInTheParentAloneIsRead() throws Exception {
        parent(zipped("{\"shop\":{\"Deployment.apps\":{\"web\":\"digest state\"}}}"));

        Inventory inventory = load();
        ObjectId web = new ObjectId("apps", "Deployment", "shop", "web");
        assertEquals(Map.of(web, "digest"), inventory.synced());
        assertEquals(Map.of(web, "state"), inventory.states());
        assertEquals(new TreeSet<>(List.of("Deployment.apps")), inventory.groupKinds());
    }

    /** Somebody has written there what unpacks to more than any inventory is, or to something else. */
    @Test
    public void whatIsNoInventoryIsDamagedAndDoesNotFillTheMemory() throws Exception {
        for (byte[] content : List.of(
                zipped("{\"shop\":" + " ".repeat(100 << 20)), zipped(" "), zipped("[]"), new byte[] {1, 2, 3})) {
            parent(content);
            ClusterException damaged = assertThrows(ClusterException.class, this::load);
            assertTrue(damaged.getMessage(), damaged.getMessage().endsWith("is damaged"));
            engine.kubectl("delete", "configmap/gitops-app");
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private void parent(byte[] synced) throws Exception {
        engine.kubectlWith(
                """
                {apiVersion: v1, kind: ConfigMap, metadata: {name: gitops-app, labels: {applyset.kubernetes.io/id: ID},
                 annotations: {applyset.kubernetes.io/contains-group-kinds: Deployment.apps}},
                 binaryData: {synced.json.gz: BYTES}}
                """
                        .replace("ID", applySet.id())
                        .replace("BYTES", Base64.getEncoder().encodeToString(synced)),
                "create",
                "-f",
                "-");
    }

    /** A crash is a save whose n-th request, and all after it, never came: for every n, and every way from size to size. */
    @Test
    public void aCrashLeavesOneInventoryOrTheOtherAndTheNextSaveClearsTheRestAway() throws Exception {
        List<Inventory> sizes = List.of(Inventory.EMPTY, inventory(5, 1), inventory(120, 2), inventory(120, 3));
        proxy.spoil(
                asked -> left.getAndDecrement() <= 0,
                exchange -> exchange.refuse(400, "BadRequest", "crash", Map.of()));
        int crashes = 0;
        for (Inventory before : sizes) {
            for (Inventory after : sizes.subList(1, sizes.size())) {
                for (int requests = 0; before != after && crash(before, after, requests); requests++) {
                    crashes++;
                    Inventory left = load();
                    assertTrue(
                            crashes + ": " + left.synced().size(),
                            left.synced().equals(before.synced())
                                    || left.synced().equals(after.synced()));
                    InventoryStore next = little(server);
                    next.load();
                    next.save(after, REPOSITORY);
                    assertEquals(after, load());
                    assertEquals("no part is left that nobody names", named(), parts());
                }
            }
        }
        assertTrue("crashes: " + crashes, crashes > 30);
    }

    /** @return whether the save needed more requests than it was given */
    private boolean crash(Inventory before, Inventory after, int requests) throws Exception {
        for (Map.Entry<String, JsonNode> old : configMaps().entrySet()) {
            String uid = old.getValue().path("uid").asText();
            new ObjectApi(server).delete(CONFIG_MAPS, engine.namespace(), old.getKey(), uid, null);
        }
        if (before.exists()) {
            little(server).save(before, REPOSITORY);
        }
        InventoryStore store = little(proxied);
        left.set(Integer.MAX_VALUE);
        store.load();
        left.set(requests);
        try {
            store.save(after, REPOSITORY);
            return false;
        } catch (ClusterException e) {
            return true;
        }
    }

    @Test
    public void whoReadsWhileItIsReplacedReadsTheNewOne() throws Exception {
        InventoryStore writer = little(server);
        Inventory before = inventory(200, 1);
        Inventory after = inventory(200, 2);
        writer.save(before, REPOSITORY);
        proxy.spoil(1, isPart("GET"), exchange -> {
            save(writer, after);
            exchange.answer(exchange.forward());
        });

        assertEquals(after, little(proxied).load());
        assertEquals(1, proxy.struck());
    }

    /** Where nothing keeps two syncs apart, one may take for leftovers what the other is about to name. */
    @Test
    public void whatAnotherSyncHasClearedAwayIsWrittenAgain() throws Exception {
        InventoryStore rival = little(server);
        rival.save(inventory(200, 1), REPOSITORY);
        InventoryStore store = little(proxied);
        store.load();
        Inventory after = inventory(200, 2);
        proxy.spoil(1, asked -> asked.isApply() && asked.isAbout("configmaps", "gitops-app"), exchange -> {
            save(rival, inventory(200, 3));
            exchange.answer(exchange.forward());
        });

        store.save(after, REPOSITORY);

        assertEquals(1, proxy.struck());
        assertEquals(after, load());
        assertEquals(named(), parts());
    }

    @Test
    public void whereAPartIsLostTheMessageSaysWhatToDoAndTheNextSaveLeavesNoneBehind() throws Exception {
        little(server).save(inventory(300, 1), REPOSITORY);
        engine.kubectl("delete", "configmap", parts().get(0));

        ClusterException lost = assertThrows(ClusterException.class, this::load);
        assertEquals("the inventory in ConfigMap " + engine.namespace() + "/gitops-app is damaged", lost.getMessage());
        engine.kubectl("delete", "configmap", "gitops-app");

        InventoryStore store = little(server);
        assertEquals(Inventory.EMPTY, store.load());
        store.save(inventory(5, 2), REPOSITORY);
        assertEquals(List.of(), parts());
    }

    @Test
    public void aDeletionLeavesNothingEvenWhereItBrokeOff() throws Exception {
        little(server).save(inventory(300, 1), REPOSITORY);
        InventoryStore store = little(proxied);
        store.load();
        proxy.spoil(
                1, asked -> asked.method().equals("DELETE"), exchange -> exchange.refuse(400, "", "crash", Map.of()));
        assertThrows(ClusterException.class, store::delete);
        assertTrue("it is still found", load().exists());

        InventoryStore again = little(server);
        again.load();
        again.delete();
        assertEquals(Map.of(), configMaps());
    }

    /** Such as a Role that names what may be touched. */
    @Test
    public void withoutTheRightToListTheKnownPartsAreClearedAway() throws Exception {
        InventoryStore store = little(proxied);
        proxy.spoil(asked -> asked.isList("configmaps"), exchange -> exchange.refuse(403, "Forbidden", "", Map.of()));
        store.save(inventory(200, 1), REPOSITORY);
        store.save(inventory(200, 2), REPOSITORY);
        assertEquals(named(), parts());
        store.save(inventory(5, 3), REPOSITORY);
        assertEquals(List.of(), parts());
    }

    /** KEP-3659 keeps them in an annotation; the first save of a sync comes before anything else is written. */
    @Test
    public void moreNamespacesThanAnAnnotationHoldsAreRefused() throws Exception {
        List<ObjectId> everywhere = IntStream.range(0, 6_000)
                .mapToObj(i -> new ObjectId("", "ConfigMap", "a-namespace-of-an-app-that-is-everywhere-" + i, "a"))
                .toList();
        Inventory wide = Inventory.EMPTY.widenedBy(everywhere, engine.namespace());

        ClusterException refused =
                assertThrows(ClusterException.class, () -> new InventoryStore(new ObjectApi(server), applySet)
                        .save(wide, REPOSITORY));

        assertTrue(refused.getMessage(), refused.getMessage().contains("metadata.annotations"));
        assertFalse(load().exists());
    }

    private static void save(InventoryStore store, Inventory inventory) {
        try {
            store.save(inventory, REPOSITORY);
        } catch (ClusterException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Predicate<FaultProxy.Asked> isPart(String method) {
        return asked -> asked.method().equals(method) && asked.path().contains("/configmaps/gitops-app.");
    }

    private InventoryStore little(ApiServer where) {
        return new InventoryStore(new ObjectApi(where), applySet, LITTLE);
    }

    private Inventory load() throws Exception {
        return new InventoryStore(new ObjectApi(server), applySet).load();
    }

    /** Members that compress as badly as real ones: names of a kind, digests without a pattern. */
    private Inventory inventory(int members, long seed) {
        Random random = new Random(seed);
        SortedMap<ObjectId, String> synced = new TreeMap<>();
        SortedMap<ObjectId, String> states = new TreeMap<>();
        for (int i = 0; i < members; i++) {
            ObjectId id = new ObjectId("", "ConfigMap", engine.namespace(), "service-" + i);
            synced.put(id, Long.toHexString(random.nextLong()));
            states.put(id, Long.toHexString(random.nextLong()));
        }
        return Inventory.of(synced.keySet(), synced, states, engine.namespace(), "c0ffee" + seed);
    }

    /** Names of the parts that are there. */
    private List<String> parts() throws Exception {
        return configMaps().keySet().stream()
                .filter(name -> name.startsWith("gitops-app."))
                .toList();
    }

    /** Names of the parts that the parent names. */
    private List<String> named() throws Exception {
        String names = configMaps()
                .get("gitops-app")
                .path("annotations")
                .path("gitops.jenkins.io/inventory-parts")
                .asText();
        return names.isEmpty() ? List.of() : List.copyOf(new TreeSet<>(List.of(names.split(","))));
    }

    /** What {@code metadata} says of each in the app's home namespace. */
    private SortedMap<String, JsonNode> configMaps() throws Exception {
        SortedMap<String, JsonNode> found = new TreeMap<>();
        new ObjectApi(server).listMetadata(CONFIG_MAPS, engine.namespace(), null, object -> {
            JsonNode metadata = object.path("metadata");
            found.put(metadata.path("name").asText(), metadata);
        });
        return found;
    }

    /** In bytes, as the server counts them. */
    private List<Integer> sizes() throws Exception {
        String sizes = engine.kubectl(
                "get", "configmaps", "-o", "go-template={{range .items}}{{range .binaryData}}{{len .}} {{end}}{{end}}");
        return Arrays.stream(sizes.trim().split(" "))
                .map(size -> Integer.parseInt(size) / 4 * 3)
                .toList();
    }
}
