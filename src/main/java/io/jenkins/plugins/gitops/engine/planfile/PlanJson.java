package io.jenkins.plugins.gitops.engine.planfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.manifest.Digests;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFormatException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The JSON form of a plan, both ways. What is read may come from anywhere: it is bounded, every value is checked, and the
 * seal (a digest over the whole in a canonical form) must fit.
 */
final class PlanJson {

    private static final int MAX_BYTES = 2 * ReportJson.MAX_BYTES;
    private static final String PLAIN_SEAL = "SHA-256";
    private static final String KEYED_SEAL = "HMAC-SHA-256";
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2}){0,64}");
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");

    private static final ObjectMapper MAPPER = mapper();

    private PlanJson() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(110)
                        .maxStringLength(ReportJson.MAX_BYTES)
                        .maxNumberLength(400)
                        .maxNameLength(10_000)
                        .build());
        return mapper;
    }

    static byte[] write(PlanFile plan, PlanKey key) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("schemaVersion", PlanFile.SCHEMA_VERSION);
        json.put("cluster", plan.cluster());
        options(json.putObject("options"), plan);
        json.putObject("secrets")
                .put("salt", plan.secrets().salt())
                .put("digest", plan.secrets().value());
        ArrayNode objects = json.putArray("objects");
        plan.objects().forEach(object -> object(objects.addObject(), object));
        try {
            // As a reader will see it: the seal is over that.
            json.set("report", MAPPER.readTree(ReportJson.write(plan.report())));
            ObjectNode read = (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsBytes(json));
            read.putObject("seal")
                    .put("algorithm", key == null ? PLAIN_SEAL : KEYED_SEAL)
                    .put("value", seal(read, key));
            return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(read) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void options(ObjectNode json, PlanFile plan) {
        ApplyPolicy apply = plan.apply();
        json.put("additions", Spelling.of(plan.drift().additions()));
        json.set("ignore", plan.drift().ignore().json());
        json.put("force", apply.force()).put("prune", apply.prune()).put("replace", apply.replace());
        ArrayNode takeOver = json.putArray("takeOver");
        apply.takeOver().stream().sorted().forEach(tool -> takeOver.add(Spelling.of(tool)));
        json.putObject("pruneLimit")
                .put("count", apply.pruneLimit().count())
                .put("percent", apply.pruneLimit().percent());
    }

    private static void object(ObjectNode json, PlannedObject object) {
        json.put("group", object.id().group())
                .put("kind", object.id().kind())
                .put("namespace", object.id().namespace())
                .put("name", object.id().name())
                .put("action", Spelling.of(object.action()))
                .put("digest", object.digest())
                .put("uid", object.uid())
                .put("resourceVersion", object.resourceVersion());
    }

    /** Over everything but the seal itself; the order of properties and white space mean nothing. */
    private static String seal(ObjectNode json, PlanKey key) {
        ObjectNode sealed = json.deepCopy();
        sealed.remove("seal");
        byte[] canonical = Digests.canonical(sealed);
        try {
            byte[] digest = key == null ? MessageDigest.getInstance("SHA-256").digest(canonical) : key.mac(canonical);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isKeyed(byte[] bytes) throws BadInputException {
        return text(parse(bytes).path("seal"), "algorithm").equals(KEYED_SEAL);
    }

    static PlanFile read(byte[] bytes, PlanKey key, boolean strict) throws BadInputException {
        ObjectNode plan = parse(bytes);
        checkSeal(plan, key, strict);
        return plan(plan);
    }

    private static ObjectNode parse(byte[] bytes) throws BadInputException {
        if (bytes.length > MAX_BYTES) {
            throw bad("it is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw bad("it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw bad("it is not JSON: " + e.getMessage());
        }
        if (!(json instanceof ObjectNode plan) || !plan.path("schemaVersion").isInt()) {
            throw bad("it has no schemaVersion");
        }
        if (plan.path("schemaVersion").intValue() != PlanFile.SCHEMA_VERSION) {
            throw bad("it is of version " + plan.path("schemaVersion").intValue() + ", and this is a reader of version "
                    + PlanFile.SCHEMA_VERSION);
        }
        return plan;
    }

    private static void checkSeal(ObjectNode plan, PlanKey key, boolean strict) throws BadInputException {
        String algorithm = text(plan.path("seal"), "algorithm");
        boolean keyed = algorithm.equals(KEYED_SEAL);
        if (!keyed && !algorithm.equals(PLAIN_SEAL)) {
            throw bad("its seal is of an unknown kind");
        }
        if (keyed && key == null) {
            if (strict) {
                throw new BadInputException("the plan is sealed with a key", "give the key that it was made with");
            }
            return;
        }
        if (!keyed && key != null && strict) {
            throw new BadInputException(
                    "the plan is not sealed with a key, so anybody may have made it",
                    "make the plan with the key, or carry it out without one");
        }
        byte[] expected = seal(plan, keyed ? key : null).getBytes(StandardCharsets.UTF_8);
        byte[] found = text(plan.path("seal"), "value").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, found)) {
            throw new BadInputException(
                    keyed
                            ? "the plan was changed after it was made, or it was sealed with another key"
                            : "the plan was changed after it was made",
                    "make a new one and have it reviewed");
        }
    }

    private static PlanFile plan(ObjectNode json) throws BadInputException {
        List<PlannedObject> objects = new ArrayList<>();
        if (!json.path("objects").isArray()) {
            throw bad("objects is missing");
        }
        for (JsonNode object : json.path("objects")) {
            objects.add(object(object));
        }
        JsonNode options = json.path("options");
        PruneLimit limit = new PruneLimit(
                number(options.path("pruneLimit"), "count"), number(options.path("pruneLimit"), "percent"));
        Set<Tool> takeOver = EnumSet.noneOf(Tool.class);
        for (JsonNode name : options.path("takeOver")) {
            Tool tool = Spelling.parse(Tool.class, name.asText());
            if (tool == null) {
                throw bad("options.takeOver names an unknown tool");
            }
            takeOver.add(tool);
        }
        SecretsDigest secrets = new SecretsDigest(
                matching(json.path("secrets"), "salt", SALT), matching(json.path("secrets"), "digest", HEX));
        return new PlanFile(
                report(json.path("report")),
                new DriftPolicy(oneOf(options, "additions", AdditionsPolicy.class), rules(options.path("ignore"))),
                new ApplyPolicy(
                        bool(options, "prune"), bool(options, "force"), bool(options, "replace"), takeOver, limit),
                text(json, "cluster"),
                secrets,
                objects);
    }

    private static IgnoreRules rules(JsonNode json) throws BadInputException {
        return json instanceof ObjectNode rules ? IgnoreRules.of(rules, "the plan's rules") : IgnoreRules.NONE;
    }

    private static PlannedObject object(JsonNode json) throws BadInputException {
        return new PlannedObject(
                new ObjectId(text(json, "group"), text(json, "kind"), text(json, "namespace"), text(json, "name")),
                oneOf(json, "action", Action.class),
                matching(json, "digest", HEX),
                text(json, "uid"),
                text(json, "resourceVersion"));
    }

    private static Report report(JsonNode json) throws BadInputException {
        try {
            return ReportJson.read(MAPPER.writeValueAsBytes(json));
        } catch (ReportFormatException e) {
            throw bad(e.getMessage());
        } catch (JsonProcessingException e) {
            throw bad(e.getOriginalMessage());
        }
    }

    private static String text(JsonNode json, String name) throws BadInputException {
        JsonNode value = json.path(name);
        if (!value.isTextual() || value.textValue().length() > 4_096) {
            throw bad(name + " is missing, or no text of at most 4,096 characters");
        }
        return value.textValue();
    }

    private static String matching(JsonNode json, String name, Pattern pattern) throws BadInputException {
        String text = text(json, name);
        if (!pattern.matcher(text).matches()) {
            throw bad(name + " is not hexadecimal");
        }
        return text;
    }

    private static boolean bool(JsonNode json, String name) throws BadInputException {
        if (!json.path(name).isBoolean()) {
            throw bad(name + " is missing, or no boolean");
        }
        return json.path(name).booleanValue();
    }

    private static int number(JsonNode json, String name) throws BadInputException {
        JsonNode value = json.path(name);
        if (!value.isInt() || value.intValue() < 0) {
            throw bad(name + " is missing, or no whole number from 0");
        }
        return value.intValue();
    }

    private static <E extends Enum<E>> E oneOf(JsonNode json, String name, Class<E> type) throws BadInputException {
        E value = Spelling.parse(type, text(json, name));
        if (value == null) {
            throw bad(name + " is not known");
        }
        return value;
    }

    private static BadInputException bad(String why) {
        return new BadInputException("this is no plan that can be read: " + why, "make it with gitops plan --out");
    }
}
