package io.jenkins.plugins.gitops.engine.planfile;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Spelling;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Test;

public class PlanFileTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final PlanKey KEY = new PlanKey("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final PlanKey OTHER_KEY = new PlanKey("fedcba9876543210".getBytes(StandardCharsets.UTF_8));
    private static final String DIGEST = "ab".repeat(32);
    private static final ObjectId WEB = new ObjectId("apps", "Deployment", "shop", "web");
    private static final ObjectId OLD = new ObjectId("", "ConfigMap", "shop", "old");

    @Test
    public void readsWhatItHasWritten() throws Exception {
        PlanFile plan = plan("a".repeat(40), update("1"), prune("7"));
        for (PlanKey key : Arrays.asList(null, KEY)) {
            PlanFile read = PlanFile.read(plan.write(key), key);
            assertEquals(plan.objects(), read.objects());
            assertEquals(plan.drift(), read.drift());
            assertEquals(plan.apply(), read.apply());
            assertEquals(plan.secrets(), read.secrets());
            assertEquals(plan.report(), read.report());
            assertEquals(List.of(), plan.moved(read));
        }
    }

    @Test
    public void isWhatTheSchemaSays() throws Exception {
        JsonNode schema = MAPPER.readTree(Files.readString(schema()));
        JsonNode strict = schema.deepCopy();
        close(strict);
        for (PlanKey key : Arrays.asList(null, KEY)) {
            JsonNode json = MAPPER.readTree(
                    plan("a".repeat(40), update("1"), prune("7")).write(key));
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(strict)
                            .validate(json));
        }
        JsonNode actions = schema.at("/properties/objects/items/properties/action/enum");
        List<String> documented = new ArrayList<>();
        actions.forEach(action -> documented.add(action.asText()));
        assertEquals(Stream.of(Action.values()).map(Spelling::of).toList(), documented);
    }

    /** Every change of every value is noticed, but for the order of properties and for white space. */
    @Test
    public void noticesTampering() throws Exception {
        for (PlanKey key : Arrays.asList(null, KEY)) {
            byte[] sealed = plan("a".repeat(40), update("1"), prune("7")).write(key);
            JsonNode json = MAPPER.readTree(sealed);
            int changed = 0;
            for (String pointer : pointers(json, "")) {
                JsonNode copy = json.deepCopy();
                if (pointer.startsWith("/seal") || !tamper(copy, pointer)) {
                    continue;
                }
                changed++;
                assertThrows(
                        pointer, BadInputException.class, () -> PlanFile.read(MAPPER.writeValueAsBytes(copy), key));
            }
            assertTrue("only " + changed + " values", changed > 40);
            PlanFile.read(MAPPER.writeValueAsBytes(json), key);
            ObjectNode longer = json.deepCopy();
            longer.put("note", "added");
            assertThrows(BadInputException.class, () -> PlanFile.read(MAPPER.writeValueAsBytes(longer), key));
        }
    }

    @Test
    public void theKeyMustBeTheOne() throws Exception {
        PlanFile plan = plan("a".repeat(40), update("1"));
        byte[] keyed = plan.write(KEY);
        byte[] plain = plan.write(null);
        assertMessage("sealed with another key", () -> PlanFile.read(keyed, OTHER_KEY));
        assertMessage("is sealed with a key", () -> PlanFile.read(keyed, null));
        assertMessage("anybody may have made it", () -> PlanFile.read(plain, KEY));
        assertTrue(PlanFile.isKeyed(keyed));
        assertFalse(PlanFile.isKeyed(plain));
        assertEquals(plan.objects(), PlanFile.readToShow(keyed, null).objects());
    }

    @Test
    public void whatIsNoPlanIsRefusedInWords() {
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"schemaVersion\": 2}",
                "{\"schemaVersion\": \"1\"}",
                "[".repeat(5000))) {
            assertMessage("no plan that can be read", () -> PlanFile.read(text.getBytes(StandardCharsets.UTF_8), null));
        }
    }

    @Test
    public void namesWhatMoved() {
        PlanFile reviewed = plan("a".repeat(40), update("1"), prune("7"));
        assertMoved(reviewed, plan("a".repeat(40), update("1"), prune("7")));
        assertMoved(
                reviewed,
                plan("b".repeat(40), update("1"), prune("7")),
                "the commit was " + "a".repeat(40) + ", and is " + "b".repeat(40) + " now");
        assertMoved(
                reviewed,
                plan("a".repeat(40), update("2"), prune("7")),
                "Deployment/shop/web was changed in the cluster (resource version 1, now 2)");
        assertMoved(
                reviewed,
                plan("a".repeat(40), update("1"), prune("8")),
                "ConfigMap/shop/old was changed in the cluster (resource version 7, now 8)");
        assertMoved(
                reviewed,
                plan("a".repeat(40), update("1")),
                "ConfigMap/shop/old was reviewed as \"prune\", and is neither declared nor in the cluster now");
        assertMoved(
                plan("a".repeat(40), update("1")),
                reviewed,
                "ConfigMap/shop/old is not in the reviewed plan, and is \"prune\" now");
        assertMoved(
                reviewed,
                plan("a".repeat(40), new PlannedObject(WEB, Action.UPDATE, "cd".repeat(32), "u", "1"), prune("7")),
                "Deployment/shop/web renders differently");
        assertMoved(
                reviewed,
                plan("a".repeat(40), new PlannedObject(WEB, Action.UPDATE, DIGEST, "other", "1"), prune("7")),
                "Deployment/shop/web was deleted and made again in the cluster");
        assertMoved(
                reviewed,
                plan("a".repeat(40), new PlannedObject(WEB, Action.NONE, DIGEST, "u", "1"), prune("7")),
                "Deployment/shop/web was reviewed as \"update\", and is \"unchanged\" now");
    }

    /** A controller may write the status of what the sync leaves alone. */
    @Test
    public void whatIsNotWrittenMayChange() {
        PlanFile reviewed = plan("a".repeat(40), new PlannedObject(WEB, Action.NONE, DIGEST, "u", "1"));
        assertMoved(reviewed, plan("a".repeat(40), new PlannedObject(WEB, Action.NONE, DIGEST, "u", "2")));
    }

    private static void assertMoved(PlanFile reviewed, PlanFile now, String... expected) {
        assertEquals(List.of(expected), reviewed.moved(now));
    }

    private static void assertMessage(String expected, org.junit.function.ThrowingRunnable action) {
        BadInputException e = assertThrows(BadInputException.class, action);
        assertTrue(e.getMessage(), e.getMessage().contains(expected));
    }

    private static PlannedObject update(String version) {
        return new PlannedObject(WEB, Action.UPDATE, DIGEST, "u", version);
    }

    private static PlannedObject prune(String version) {
        return new PlannedObject(OLD, Action.PRUNE, "", "v", version);
    }

    private static PlanFile plan(String commit, PlannedObject... objects) {
        Report report = new Report(
                Command.PLAN,
                "shop",
                Status.OUT_OF_SYNC,
                "the cluster differs from Git",
                "https://example.org/config.git",
                "apps/shop",
                new Revision(commit, "main", "Release", "Jane", Instant.parse("2026-01-01T00:00:00Z"), false),
                null,
                new Report.ClusterInfo("https://example.org:6443", "v1.36.3", "shop", 10, 1000),
                Instant.parse("2026-01-02T00:00:00Z"),
                Duration.ofMillis(1200),
                List.of(new Report.Phase("plan", Duration.ofMillis(100))),
                List.of(),
                List.of());
        return new PlanFile(
                report,
                new DriftPolicy(AdditionsPolicy.REVERT),
                ApplyPolicy.DEFAULT,
                "cluster-uid",
                new SecretsDigest("01".repeat(16), DIGEST),
                List.of(objects));
    }

    private static List<String> pointers(JsonNode json, String at) {
        List<String> pointers = new ArrayList<>();
        if (json.isValueNode()) {
            pointers.add(at);
        }
        json.fieldNames().forEachRemaining(name -> pointers.addAll(pointers(json.get(name), at + "/" + name)));
        for (int i = 0; json.isArray() && i < json.size(); i++) {
            pointers.addAll(pointers(json.get(i), at + "/" + i));
        }
        return pointers;
    }

    /** Whether there was something to change. */
    private static boolean tamper(JsonNode json, String pointer) {
        int slash = pointer.lastIndexOf('/');
        String name = pointer.substring(slash + 1);
        if (!(json.at(pointer.substring(0, slash)) instanceof ObjectNode parent)) {
            return false;
        }
        JsonNode value = parent.get(name);
        if (value.isTextual()) {
            parent.put(name, value.textValue() + "x");
        } else if (value.isNumber()) {
            parent.put(name, value.longValue() + 1);
        } else {
            parent.put(name, !value.booleanValue());
        }
        return true;
    }

    /** Allows no property but those of the schema; the report has a schema of its own. */
    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(PlanFileTest::close);
    }

    private static Path schema() throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("docs/plan.schema.json"))) {
            at = at.getParent();
        }
        return at.resolve("docs/plan.schema.json");
    }
}
