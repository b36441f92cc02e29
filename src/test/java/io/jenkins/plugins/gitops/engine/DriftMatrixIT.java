package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/**
 * Everything that somebody may do to an object behind Git's back, on every kind of a table: it is found, with the field
 * and who did it, where the server knows that, and healed. What controllers do is not.
 */
public class DriftMatrixIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LEAST_KINDS = 10;

    @Rule
    public final EngineRule engine = new EngineRule();

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private List<Manifest> subjects;
    private ApiServer server;
    private ApiResources resources;

    /** What is done to an object, and what a drift check must say of it. */
    private record Case(String name, String annotation, Deed deed, Expectation expected, boolean healed) {}

    private interface Deed {
        void apply(DriftMatrixIT on, ApiResource kind, ObjectNode live, Spot spot)
                throws ClusterException, InterruptedException;
    }

    private interface Expectation {
        /** What is wrong with the report; {@code null} where nothing is. */
        String check(ObjectReport object, Spot spot);
    }

    /** A place in an object, and a value to put there; both {@code null} where the case needs none. */
    private record Spot(String pointer, JsonNode value) {

        static Spot of(String text) throws Exception {
            int space = text.indexOf(' ');
            return space < 0
                    ? new Spot(text, null)
                    : new Spot(text.substring(0, space), MAPPER.readTree(text.substring(space + 1)));
        }

        /** The beginning of the path as a report writes it, up to the first list. */
        String prefix() {
            StringBuilder path = new StringBuilder();
            for (String step : pointer.substring(1).split("/")) {
                if (step.matches("[0-9]+|-")) {
                    break;
                }
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
            return path.toString();
        }
    }

    private static final String TIER = "/metadata/labels/tier";

    private static final List<Case> CASES = List.of(
            new Case("a value changed", "test/value", put("kubectl-edit"), by("kubectl-edit"), true),
            new Case(
                    "a value changed by another client", "test/value", put("python-client"), by("python-client"), true),
            new Case("a declared label changed", TIER + " \"x\"", put("kubectl-label"), by("kubectl-label"), true),
            new Case("a declared label removed", TIER, remove("kubectl-label"), removed(), true),
            new Case("a label added", "/metadata/labels/more \"x\"", put("kubectl-label"), by("kubectl-label"), true),
            new Case(
                    "a label added by another applier",
                    "/metadata/labels/more \"x\"",
                    applied("platform-team"),
                    by("platform-team"),
                    false),
            new Case(
                    "a label added by another client",
                    "/metadata/labels/more \"x\"",
                    put("python-client"),
                    by("python-client"),
                    false),
            new Case("a field added", "test/add", put("kubectl-edit"), by("kubectl-edit"), true),
            new Case("a server default changed", "test/default", put("kubectl-edit"), by("kubectl-edit"), true),
            new Case("a declared field removed", "test/remove", remove("kubectl-edit"), removed(), true),
            new Case("a list item added", "test/item", put("kubectl-edit"), by("kubectl-edit"), true),
            new Case(
                    "ownership taken over with the same value",
                    TIER + " \"base\"",
                    takenOver("platform-team"),
                    by("platform-team"),
                    true),
            new Case("an object deleted", "", delete(), deleted(), true),
            new Case("an object deleted and made again", "", remade("kubectl-create"), madeBy("kubectl-create"), true),
            new Case(
                    "a controller's label",
                    "/metadata/labels/more \"x\"",
                    put("some-controller"),
                    (object, spot) -> object.cause() == null ? null : "is " + object.cause(),
                    true));

    @Test
    public void everyDriftOfEveryKindIsFoundAndHealed() throws Exception {
        subjects = read("drift-subjects.yaml");
        engine.repository().write("all.yaml", text("drift-subjects.yaml")).commit("All kinds");
        try (ApiServer connected = ApiServer.connect(engine.access())) {
            server = connected;
            define();
            Parallel.forEach(CASES, 4, this::carryOut);
        }
        counts.forEach((name, kinds) -> System.out.printf("drift matrix: %-45s %d kinds%n", name, kinds));
        assertEquals(String.join("\n", wrong), 0, wrong.size());
        assertEquals(CASES.size(), counts.size());
        counts.forEach((name, kinds) -> assertTrue(name + ": " + kinds, kinds >= LEAST_KINDS));
    }

    private void carryOut(Case test) throws Exception {
        String namespace = engine.namespace() + "-" + CASES.indexOf(test);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Namespace");
        object.putObject("metadata").put("name", namespace);
        new ObjectApi(server, "test")
                .apply(resources.find("v1", "Namespace").orElseThrow(), object, true, ObjectApi.Mode.WRITE);
        if (!expect(test, "the first sync", Status.IN_SYNC, run(Command.SYNC, namespace))) {
            return;
        }
        expect(test, "the first drift check", Status.IN_SYNC, run(Command.DRIFT, namespace));

        Map<String, Spot> touched = new LinkedHashMap<>();
        for (Manifest subject : subjects) {
            String text =
                    test.annotation().startsWith("test/") ? subject.annotation(test.annotation()) : test.annotation();
            if (text != null) {
                Spot spot = Spot.of(text);
                ApiResource kind =
                        resources.find(subject.apiVersion(), subject.kind()).orElseThrow();
                ObjectNode live = new ObjectApi(server)
                        .get(kind, namespace, subject.name())
                        .orElseThrow();
                test.deed().apply(this, kind, live, spot);
                touched.put(subject.kind(), spot);
            }
        }
        Report drift = run(Command.DRIFT, namespace);
        for (Manifest subject : subjects) {
            ObjectReport found = engine.object(drift, subject.kind(), subject.name());
            Spot spot = touched.get(subject.kind());
            String complaint = spot != null
                    ? test.expected().check(found, spot)
                    : found.cause() == null ? null : "nobody touched it, and it is " + found.cause();
            if (complaint != null) {
                wrong.add(test.name() + ": " + found.id() + ": " + complaint + ": " + found.action() + " "
                        + found.message() + " " + found.fields() + " " + found.additions());
            }
        }
        String json = new String(ReportJson.write(drift), StandardCharsets.UTF_8);
        for (String secret : List.of("hacked-in", "aGFja2VkLWlu", "secret-value", "c2VjcmV0LXZhbHVl")) {
            if (json.contains(secret)) {
                wrong.add(test.name() + ": the report tells a secret");
            }
        }
        synchronized (counts) {
            counts.put(test.name(), touched.size());
        }
        if (test.healed()) {
            expect(test, "the healing sync", Status.IN_SYNC, run(Command.SYNC, namespace));
            expect(test, "the drift check after it", Status.IN_SYNC, run(Command.DRIFT, namespace));
        }
    }

    private Report run(Command command, String namespace) throws Exception {
        return engine.run(engine.request(command)
                .withNamespace(namespace)
                .withDrift(new DriftPolicy(command == Command.SYNC ? AdditionsPolicy.REVERT : AdditionsPolicy.REPORT)));
    }

    private boolean expect(Case test, String what, Status expected, Report report) {
        if (report.status() != expected) {
            wrong.add(test.name() + ": " + what + ": " + report.status() + " " + report.problems() + " "
                    + (report.status() == Status.INVALID
                            ? ""
                            : report.objects().stream()
                                    .filter(o -> o.cause() != null)
                                    .toList()));
        }
        return report.status() == expected;
    }

    private static Deed put(String manager) {
        return (on, kind, live, spot) -> {
            ArrayNode operations = JsonNodeFactory.instance.arrayNode();
            operations.addObject().put("op", "add").put("path", spot.pointer()).set("value", spot.value());
            on.patch(manager, kind, live, operations);
        };
    }

    private static Deed remove(String manager) {
        return (on, kind, live, spot) -> {
            ArrayNode operations = JsonNodeFactory.instance.arrayNode();
            operations.addObject().put("op", "remove").put("path", spot.pointer());
            on.patch(manager, kind, live, operations);
        };
    }

    private void patch(String manager, ApiResource kind, ObjectNode live, ArrayNode operations)
            throws ClusterException, InterruptedException {
        new ObjectApi(server, manager).jsonPatch(kind, namespace(live), name(live), operations);
    }

    /** Server-side apply of one label. */
    private static Deed applied(String manager) {
        return (on, kind, live, spot) ->
                on.applyLabel(manager, kind, live, spot, spot.value().asText());
    }

    /** With another value first, so that it is theirs alone, and then with the declared one again. */
    private static Deed takenOver(String manager) {
        return (on, kind, live, spot) -> {
            on.applyLabel(manager, kind, live, spot, "for-a-moment");
            on.applyLabel(manager, kind, live, spot, spot.value().asText());
        };
    }

    private void applyLabel(String manager, ApiResource kind, ObjectNode live, Spot spot, String value)
            throws ClusterException, InterruptedException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        object.putObject("metadata")
                .put("name", name(live))
                .put("namespace", namespace(live))
                .putObject("labels")
                .put(spot.pointer().substring(spot.pointer().lastIndexOf('/') + 1), value);
        new ObjectApi(server, manager).apply(kind, object, true, ObjectApi.Mode.WRITE);
    }

    private static Deed delete() {
        return (on, kind, live, spot) -> new ObjectApi(on.server)
                .delete(
                        kind,
                        namespace(live),
                        name(live),
                        live.path("metadata").path("uid").asText(),
                        null);
    }

    /** From a file that a person has kept: without our label. */
    private static Deed remade(String manager) {
        return (on, kind, live, spot) -> {
            delete().apply(on, kind, live, spot);
            Manifest kept = on.subjects.stream()
                    .filter(subject -> subject.kind().equals(kind.kind()))
                    .findFirst()
                    .orElseThrow();
            ObjectNode object = kept.json().deepCopy();
            ((ObjectNode) object.get("metadata")).put("namespace", namespace(live));
            new ObjectApi(on.server, manager).create(kind, object);
        };
    }

    private static Expectation by(String manager) {
        return (object, spot) -> {
            if (object.cause() != Cause.DRIFT) {
                return "is " + object.cause();
            }
            List<FieldChange> rows = rows(object)
                    .filter(row -> row.path().startsWith(spot.prefix()))
                    .toList();
            if (rows.isEmpty()) {
                return "nothing is said of " + spot.prefix();
            }
            return rows.stream().allMatch(row -> manager.equals(row.manager()) && row.changedAt() != null)
                    ? null
                    : "is not said to be by " + manager;
        };
    }

    /** The server keeps no record of who removed something. */
    private static Expectation removed() {
        return (object, spot) -> {
            boolean told = object.fields().stream()
                    .anyMatch(row -> row.path().startsWith(spot.prefix()) && row.desired() != null);
            return object.cause() == Cause.DRIFT && told ? null : "is " + object.cause();
        };
    }

    private static Expectation deleted() {
        return (object, spot) -> object.cause() == Cause.DRIFT
                        && object.action() == Action.CREATE
                        && object.message().equals("deleted in the cluster")
                ? null
                : "is not said to be deleted";
    }

    private static Expectation madeBy(String manager) {
        return (object, spot) -> object.cause() == Cause.DRIFT
                        && object.message().equals("deleted and made again in the cluster by " + manager)
                        && rows(object).allMatch(row -> manager.equals(row.manager()))
                ? null
                : "is not said to be made again";
    }

    private static Stream<FieldChange> rows(ObjectReport object) {
        return Stream.concat(object.fields().stream(), object.additions().stream());
    }

    private static String name(ObjectNode live) {
        return live.path("metadata").path("name").asText();
    }

    private static String namespace(ObjectNode live) {
        return live.path("metadata").path("namespace").asText();
    }

    /** The custom kinds are those of the in-sync proof's test. */
    private void define() throws Exception {
        resources = Discovery.discover(server);
        ApiResource kind = resources
                .findByGroupKind("CustomResourceDefinition.apiextensions.k8s.io")
                .orElseThrow();
        for (Manifest crd : read("plan/crds.yaml")) {
            new ObjectApi(server, "test").apply(kind, crd.json(), true, ObjectApi.Mode.WRITE);
        }
        for (int i = 0; i < 100 && !subjects.stream().allMatch(this::isServed); i++) {
            Thread.sleep(100);
            resources = Discovery.discover(server);
        }
    }

    private boolean isServed(Manifest subject) {
        return resources.find(subject.apiVersion(), subject.kind()).isPresent();
    }

    private static String text(String name) throws Exception {
        try (InputStream in = DriftMatrixIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Manifest> read(String name) throws Exception {
        var result = ManifestReader.read(name, text(name).getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), result.problems());
        return new ArrayList<>(result.manifests());
    }
}
