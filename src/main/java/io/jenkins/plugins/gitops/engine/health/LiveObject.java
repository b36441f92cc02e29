package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads an object as the API server returned it. Every path is a JSON pointer such as {@code /status/replicas}; what is
 * absent or of another type than asked for reads as the default, since a custom kind may use any name for anything.
 *
 * @param json the object; never changed
 */
public record LiveObject(ObjectNode json) {

    private static final Map<String, JsonPointer> POINTERS = new ConcurrentHashMap<>();

    public LiveObject {
        Objects.requireNonNull(json, "json");
    }

    /** {@code Kind.group}, and {@code Kind} alone in the core group. */
    public String groupKind() {
        String apiVersion = text("/apiVersion");
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? text("/kind") : text("/kind") + "." + apiVersion.substring(0, slash);
    }

    public String name() {
        return text("/metadata/name");
    }

    /** {@code ""} for cluster-scoped objects. */
    public String namespace() {
        return text("/metadata/namespace");
    }

    /** @param path a JSON pointer of those that a rule names, which are few */
    public JsonNode at(String path) {
        return json.at(POINTERS.computeIfAbsent(path, JsonPointer::compile));
    }

    /** {@code ""} where it is absent, {@code null}, an object or a list. */
    public String text(String path) {
        return at(path).asText("");
    }

    public String text(String path, String otherwise) {
        String text = text(path);
        return text.isEmpty() ? otherwise : text;
    }

    /** The strings of a list. */
    public List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        at(path).forEach(item -> texts.add(item.asText("")));
        return texts;
    }

    public long number(String path, long otherwise) {
        JsonNode value = at(path);
        return value.isIntegralNumber() ? value.asLong() : otherwise;
    }

    /** A count, which the API server leaves out when it is 0. */
    public long count(String path) {
        return number(path, 0);
    }

    public boolean isTrue(String path) {
        JsonNode value = at(path);
        return value.isBoolean() && value.asBoolean();
    }

    /** {@code ""} where it is not set. */
    public String annotation(String key) {
        return at("/metadata/annotations").path(key).asText("");
    }

    /** {@code status.conditions}. */
    public Conditions conditions() {
        return Conditions.of(at("/status/conditions"));
    }

    public boolean isBeingDeleted() {
        return !text("/metadata/deletionTimestamp").isEmpty();
    }

    public OptionalLong generation() {
        return wholeNumber(at("/metadata/generation"));
    }

    /** {@code status.observedGeneration}; Argo Rollouts writes it as a text. */
    public OptionalLong observedGeneration() {
        return wholeNumber(at("/status/observedGeneration"));
    }

    /** Whether it was created less than {@code age} ago; {@code false} where the object does not say when. */
    public boolean isYoungerThan(Duration age, Instant now) {
        try {
            return Instant.parse(text("/metadata/creationTimestamp")).plus(age).isAfter(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    static OptionalLong wholeNumber(JsonNode value) {
        if (value.isIntegralNumber()) {
            return OptionalLong.of(value.asLong());
        }
        return value.isTextual() && value.asText().matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(value.asText()))
                : OptionalLong.empty();
    }
}
