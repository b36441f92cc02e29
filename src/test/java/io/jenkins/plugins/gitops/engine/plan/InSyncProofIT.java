package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Subresource;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.Test;

/**
 * Holds the proof against the server's own answer: random edits of what Git declares and of what is live, on a real API
 * server. The proof may say "ask"; it may never say "in sync" where a dry run would change something, be it only who owns
 * a field.
 *
 * <p>{@code -Dgitops.proof.cases=20000 -Dgitops.proof.seed=1} for a long run. A case is one verdict that was held against
 * the server's; what the server refuses does not count.
 */
public class InSyncProofIT {

    private static final int CASES = Integer.getInteger("gitops.proof.cases", 1_500);
    private static final long SEED = Long.getLong("gitops.proof.seed", System.nanoTime());
    private static final int WORKERS = 8;

    /** How often a kind was tried, and with what outcome. */
    private static final class Tally {
        int proven;
        int askedInVain;
        int differs;
        int refused;

        int cases() {
            return proven + askedInVain + differs;
        }
    }

    private static final Set<String> WITH_STATUS = Set.of(
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "ReplicaSet",
            "PodDisruptionBudget",
            "Ingress",
            "Service",
            "Structured");

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private ApiResources resources;
    private ApiServer server;
    private ObjectApi ours;

    @Test
    public void neverSaysInSyncWhereTheServerWouldChangeSomething() throws Exception {
        TestCluster cluster = TestCluster.get();
        try (ApiServer connected =
                ApiServer.connect(Kubeconfig.read(List.of(cluster.kubeconfig())).access(null))) {
            server = connected;
            ours = new ObjectApi(server);
            define();
            List<Manifest> seeds = read("seeds.yaml");
            Parallel.forEach(IntStream.range(0, WORKERS).boxed().toList(), WORKERS, worker -> work(worker, seeds));
        }
        print();
        assertEquals("seed " + SEED + ": " + wrong, 0, wrong.size());
        int proven = tallies.values().stream().mapToInt(tally -> tally.proven).sum();
        assertTrue("the proof hardly ever holds: " + proven, proven > CASES / 10);
        assertTrue("only " + tallies.keySet(), tallies.size() >= 25);
    }

    private void print() {
        int cases = tallies.values().stream().mapToInt(Tally::cases).sum();
        System.out.println("in-sync proof: " + cases + " cases over " + tallies.size() + " kinds and versions, seed "
                + SEED + ", " + wrong.size() + " wrong");
        tallies.forEach((kind, tally) -> System.out.printf(
                "  %-45s proven %6d, asked in vain %6d, really differs %6d; refused by the server %6d%n",
                kind, tally.proven, tally.askedInVain, tally.differs, tally.refused));
    }

    private void work(int worker, List<Manifest> seeds) throws ClusterException, InterruptedException {
        Random random = new Random(SEED + worker);
        String namespace = "proof-" + worker + "-" + Long.toHexString(SEED & 0xffffff);
        namespace(namespace);
        int cases = 0;
        while (cases < CASES / WORKERS) {
            cases += object(seeds.get(random.nextInt(seeds.size())), namespace, random);
        }
    }

    /** One object that is applied, meddled with, and compared with what Git may declare by then: several cases. */
    private int object(Manifest seed, String namespace, Random random) throws ClusterException, InterruptedException {
        ApiResource kind = resources.find(seed.apiVersion(), seed.kind()).orElseThrow();
        ObjectMutator mutator = new ObjectMutator(random);
        ObjectNode applied = seed.json().deepCopy();
        ((ObjectNode) applied.get("metadata")).put("namespace", namespace);
        int cases = 0;
        try {
            times(random.nextInt(3), () -> mutator.mutate(applied));
            ours.apply(kind, applied, true, ObjectApi.Mode.WRITE);
            for (int i = random.nextInt(3); i > 0; i--) {
                meddle(kind, namespace, seed.name(), mutator, random);
            }
        } catch (ApiException e) {
            refused(e, kind, namespace, seed.name());
        }
        var now = ours.get(kind, namespace, seed.name());
        if (now.isEmpty() || !isApplied(now.get())) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            ObjectNode desired = applied.deepCopy();
            switch (i == 0 ? 0 : random.nextInt(4)) {
                case 0 -> {}
                case 1 -> mutator.adopt(desired, now.get());
                case 2 -> times(1 + random.nextInt(4), () -> mutator.adopt(desired, now.get()));
                default -> mutator.mutate(desired);
            }
            cases += compare(kind, desired, applied, now.get());
        }
        return cases;
    }

    /** Whether the object stems from the apply, and not from an earlier one that the server did not refuse. */
    private static boolean isApplied(ObjectNode live) {
        return FieldOwners.of(live).ours() != null;
    }

    private int compare(ApiResource kind, ObjectNode desired, ObjectNode applied, ObjectNode live)
            throws ClusterException, InterruptedException {
        boolean proven = InSyncProof.holds(desired, live, ObjectApi.FIELD_MANAGER, desired.equals(applied));
        ObjectNode answer;
        try {
            answer = ours.apply(kind, desired, true, ObjectApi.Mode.DRY_RUN).object();
        } catch (ApiException e) {
            if (proven) {
                wrong.add("refused: " + e.getMessage() + " desired " + desired + " live " + live);
            }
            count(kind, "refused");
            return 0;
        }
        boolean differs = !FieldDiff.between(live, answer).isEmpty()
                || !FieldOwners.of(live).claim().equals(FieldOwners.of(answer).claim());
        if (proven && differs) {
            wrong.add("desired " + desired + " live " + live + " answer " + answer);
        }
        count(kind, differs ? "differs" : proven ? "proven" : "asked");
        return 1;
    }

    private void meddle(ApiResource kind, String namespace, String name, ObjectMutator mutator, Random random)
            throws ClusterException, InterruptedException {
        ObjectNode live = ours.get(kind, namespace, name).orElseThrow();
        ObjectNode changed = live.deepCopy();
        times(1 + random.nextInt(2), () -> mutator.mutate(changed));
        switch (random.nextInt(8)) {
            case 0, 1 ->
                new ObjectApi(server, random.nextBoolean() ? "some-operator" : "kubectl")
                        .apply(kind, pruned(changed), true, ObjectApi.Mode.WRITE);
            // With the same values: both own them then.
            case 2 ->
                new ObjectApi(server, "platform-team").apply(kind, pruned(live.deepCopy()), true, ObjectApi.Mode.WRITE);
            case 3 -> clientSideApply(kind, namespace, name, live, changed);
            case 4 -> subresource(kind, namespace, name, random);
            // As this engine's own patches do before an apply.
            case 5 -> patch(new ObjectApi(server), kind, namespace, name, changed);
            default -> patch(new ObjectApi(server, "kubectl-edit"), kind, namespace, name, changed);
        }
    }

    /** Without what only the server may write. */
    private static ObjectNode pruned(ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.remove(List.of("managedFields", "uid", "resourceVersion", "creationTimestamp", "generation"));
        object.remove("status");
        return object;
    }

    private static void patch(ObjectApi api, ApiResource kind, String namespace, String name, ObjectNode changed)
            throws ClusterException, InterruptedException {
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        for (var field : changed.properties()) {
            if (!Set.of("metadata", "status", "apiVersion", "kind").contains(field.getKey())) {
                add(operations, "/" + field.getKey(), field.getValue());
            }
        }
        for (String key : List.of("labels", "annotations")) {
            if (changed.path("metadata").has(key)) {
                add(operations, "/metadata/" + key, changed.path("metadata").get(key));
            }
        }
        api.jsonPatch(kind, namespace, name, operations);
    }

    private static void add(ArrayNode operations, String path, JsonNode value) {
        operations.addObject().put("op", "add").put("path", path).set("value", value);
    }

    /** What {@code kubectl apply} leaves behind: the annotation, and its own claims as an update. */
    private void clientSideApply(ApiResource kind, String namespace, String name, ObjectNode live, ObjectNode changed)
            throws ClusterException, InterruptedException {
        ((ObjectNode) changed.get("metadata"))
                .withObjectProperty("annotations")
                .put(
                        "kubectl.kubernetes.io/last-applied-configuration",
                        pruned(live.deepCopy()).toString());
        patch(new ObjectApi(server, "kubectl-client-side-apply"), kind, namespace, name, changed);
    }

    private void subresource(ApiResource kind, String namespace, String name, Random random)
            throws ClusterException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (kind.kind().equals("Deployment") || kind.kind().equals("StatefulSet")) {
            if (random.nextBoolean()) {
                body.putObject("spec").put("replicas", random.nextInt(4));
                Subresource.patch(server, kind, namespace, name, "scale", "kube-controller-manager", body);
                return;
            }
        }
        if (WITH_STATUS.contains(kind.kind())) {
            body.putObject("status");
            String field = kind.kind().equals("Structured") ? "seen" : "observedGeneration";
            if (!Set.of("Ingress", "Service").contains(kind.kind())) {
                ((ObjectNode) body.get("status")).put(field, random.nextInt(3));
            }
            String manager = random.nextBoolean() ? "kube-controller-manager" : ObjectApi.FIELD_MANAGER;
            Subresource.patch(server, kind, namespace, name, "status", manager, body);
        }
    }

    private void refused(ApiException e, ApiResource kind, String namespace, String name)
            throws ClusterException, InterruptedException {
        // A mutation that no server accepts says nothing about the proof; what is stuck with a field that cannot
        // change is made anew.
        count(kind, "refused");
        if (e.code() == 422 || e.code() == 409) {
            var live = ours.get(kind, namespace, name);
            if (live.isPresent()) {
                ours.delete(
                        kind,
                        namespace,
                        name,
                        live.get().path("metadata").path("uid").asText(),
                        null);
            }
        }
    }

    private static void times(int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            action.run();
        }
    }

    private synchronized void count(ApiResource kind, String outcome) {
        Tally tally = tallies.computeIfAbsent(kind.apiVersion() + " " + kind.kind(), name -> new Tally());
        switch (outcome) {
            case "proven" -> tally.proven++;
            case "asked" -> tally.askedInVain++;
            case "differs" -> tally.differs++;
            default -> tally.refused++;
        }
    }

    private void define() throws Exception {
        resources = Discovery.discover(server);
        List<Manifest> crds = read("crds.yaml");
        for (Manifest crd : crds) {
            ApiResource kind = resources.find(crd.apiVersion(), crd.kind()).orElseThrow();
            ours.apply(kind, crd.json(), true, ObjectApi.Mode.WRITE);
        }
        for (int i = 0; i < 100 && !crds.stream().allMatch(this::isServed); i++) {
            Thread.sleep(100);
            resources = Discovery.discover(server);
        }
    }

    private boolean isServed(Manifest crd) {
        JsonNode spec = crd.json().path("spec");
        for (JsonNode version : spec.path("versions")) {
            String apiVersion =
                    spec.path("group").asText() + "/" + version.path("name").asText();
            if (resources
                    .find(apiVersion, spec.path("names").path("kind").asText())
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void namespace(String name) throws ClusterException, InterruptedException {
        ObjectNode namespace = JsonNodeFactory.instance.objectNode();
        namespace.put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        ours.apply(resources.find("v1", "Namespace").orElseThrow(), namespace, true, ObjectApi.Mode.WRITE);
    }

    private static List<Manifest> read(String name) throws IOException {
        try (InputStream in = InSyncProofIT.class.getResourceAsStream(name)) {
            var result = ManifestReader.read(name, in.readAllBytes());
            assertEquals(List.of(), result.problems());
            return result.manifests();
        }
    }
}
