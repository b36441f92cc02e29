package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.Test;

/**
 * Holds the proof against the server's own answer: random edits of what Git declares and of what is live, on a real API
 * server. The proof may say "ask"; it may never say "in sync" where a dry run would change something.
 *
 * <p>{@code -Dgitops.proof.cases=20000 -Dgitops.proof.seed=1} for a long run.
 */
public class InSyncProofIT {

    private static final int CASES = Integer.getInteger("gitops.proof.cases", 1_000);
    private static final long SEED = Long.getLong("gitops.proof.seed", System.nanoTime());

    /** How often a kind was tried, and with what outcome. */
    private static final class Tally {
        int proven;
        int askedInVain;
        int differs;
        int refused;
    }

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private ApiResources resources;

    @Test
    public void neverSaysInSyncWhereTheServerWouldChangeSomething() throws Exception {
        TestCluster cluster = TestCluster.get();
        try (ApiServer server =
                ApiServer.connect(Kubeconfig.read(List.of(cluster.kubeconfig())).access(null))) {
            define(server);
            List<Manifest> seeds = read("seeds.yaml");
            int workers = 8;
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                numbers.add(i);
            }
            Parallel.forEach(numbers, number -> {
                Random random = new Random(SEED + number);
                String namespace = "proof-" + number + "-" + Long.toHexString(SEED & 0xffffff);
                namespace(server, namespace);
                for (int i = number; i < CASES; i += workers) {
                    oneCase(server, seeds.get(random.nextInt(seeds.size())), namespace, random);
                }
            });
        }
        System.out.println("in-sync proof: " + CASES + " cases, seed " + SEED);
        int proven = 0;
        for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
            Tally tally = entry.getValue();
            proven += tally.proven;
            System.out.printf(
                    "  %-26s proven %5d, asked in vain %5d, really differs %5d, refused by the server %5d%n",
                    entry.getKey(), tally.proven, tally.askedInVain, tally.differs, tally.refused);
        }
        assertEquals("seed " + SEED + ": " + wrong, 0, wrong.size());
        assertTrue("the proof never holds", proven > CASES / 20);
    }

    private void oneCase(ApiServer server, Manifest seed, String namespace, Random random)
            throws InterruptedException, io.jenkins.plugins.gitops.engine.cluster.ClusterException {
        ObjectApi ours = new ObjectApi(server);
        ApiResource resource = resources.find(seed.apiVersion(), seed.kind()).orElseThrow();
        ObjectMutator mutator = new ObjectMutator(random);
        String outcome;
        ObjectNode desired = seed.json().deepCopy();
        ((ObjectNode) desired.get("metadata")).put("namespace", namespace);
        try {
            times(random.nextInt(3), () -> mutator.mutate(desired));
            ours.apply(resource, desired, true, ObjectApi.Mode.WRITE);
            ObjectNode applied = desired.deepCopy();
            if (random.nextInt(3) > 0) {
                disturb(server, resource, namespace, seed.name(), mutator, random);
            }
            if (random.nextInt(2) == 0) {
                mutator.mutate(desired);
            }
            ObjectNode live = ours.get(resource, namespace, seed.name()).orElseThrow();
            boolean proven = InSyncProof.holds(desired, live, ObjectApi.FIELD_MANAGER, desired.equals(applied));
            ObjectNode answer =
                    ours.apply(resource, desired, true, ObjectApi.Mode.DRY_RUN).object();
            boolean differs =
                    !FieldDiff.between(live, answer).isEmpty() || !owned(live).equals(owned(answer));
            if (proven && differs) {
                wrong.add("desired " + desired + " live " + live + " answer " + answer);
            }
            outcome = differs ? "differs" : proven ? "proven" : "asked";
        } catch (ApiException e) {
            // A mutation that no server accepts says nothing about the proof.
            outcome = "refused";
            if (e.code() == 422 || e.code() == 409) {
                ours.get(resource, namespace, seed.name()).ifPresent(live -> delete(ours, resource, live));
            }
        }
        count(seed.kind(), outcome);
    }

    /** Somebody else changes the object: as another applier, or by an update as kubectl edit does it. */
    private static void disturb(
            ApiServer server, ApiResource resource, String namespace, String name, ObjectMutator mutator, Random random)
            throws InterruptedException, io.jenkins.plugins.gitops.engine.cluster.ClusterException {
        ObjectApi other = new ObjectApi(server, random.nextBoolean() ? "kubectl-edit" : "some-operator");
        ObjectNode live = other.get(resource, namespace, name).orElseThrow();
        ObjectNode changed = live.deepCopy();
        times(1 + random.nextInt(2), () -> mutator.mutate(changed));
        if (random.nextInt(3) == 0) {
            ObjectNode metadata = (ObjectNode) changed.get("metadata");
            metadata.remove(List.of("managedFields", "uid", "resourceVersion", "creationTimestamp", "generation"));
            changed.remove("status");
            other.apply(resource, changed, true, ObjectApi.Mode.WRITE);
        } else {
            var operations = changed.arrayNode();
            for (var field : changed.properties()) {
                if (!field.getKey().equals("metadata") && !field.getKey().equals("status")) {
                    operations
                            .addObject()
                            .put("op", "replace")
                            .put("path", "/" + field.getKey())
                            .set("value", field.getValue());
                }
            }
            for (String key : List.of("labels", "annotations")) {
                if (changed.path("metadata").has(key)) {
                    operations
                            .addObject()
                            .put("op", "add")
                            .put("path", "/metadata/" + key)
                            .set("value", changed.path("metadata").get(key));
                }
            }
            other.jsonPatch(resource, namespace, name, operations);
        }
    }

    private static void delete(ObjectApi api, ApiResource resource, ObjectNode live) {
        try {
            var metadata = live.path("metadata");
            api.delete(
                    resource,
                    metadata.path("namespace").asText(),
                    metadata.path("name").asText(),
                    metadata.path("uid").asText(),
                    null);
        } catch (io.jenkins.plugins.gitops.engine.cluster.ClusterException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String owned(ObjectNode object) {
        FieldOwners.Owner ours = FieldOwners.of(object).ours();
        return ours == null ? "" : ours.fields().toString();
    }

    private static void times(int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            action.run();
        }
    }

    private synchronized void count(String kind, String outcome) {
        Tally tally = tallies.computeIfAbsent(kind, name -> new Tally());
        switch (outcome) {
            case "proven" -> tally.proven++;
            case "asked" -> tally.askedInVain++;
            case "differs" -> tally.differs++;
            default -> tally.refused++;
        }
    }

    private void define(ApiServer server) throws Exception {
        ObjectApi api = new ObjectApi(server);
        resources = Discovery.discover(server);
        for (Manifest crd : read("crds.yaml")) {
            ApiResource kind = resources.find(crd.apiVersion(), crd.kind()).orElseThrow();
            api.apply(kind, crd.json(), true, ObjectApi.Mode.WRITE);
        }
        for (int i = 0;
                i < 100 && resources.find("proof.example.org/v1", "Loose").isEmpty();
                i++) {
            Thread.sleep(100);
            resources = Discovery.discover(server);
        }
    }

    private void namespace(ApiServer server, String name)
            throws InterruptedException, io.jenkins.plugins.gitops.engine.cluster.ClusterException {
        ObjectNode namespace = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        namespace.put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        new ObjectApi(server)
                .apply(resources.find("v1", "Namespace").orElseThrow(), namespace, true, ObjectApi.Mode.WRITE);
    }

    private static List<Manifest> read(String name) throws IOException {
        try (InputStream in = InSyncProofIT.class.getResourceAsStream(name)) {
            var result = ManifestReader.read(name, in.readAllBytes());
            assertEquals(List.of(), result.problems());
            return result.manifests();
        }
    }
}
