package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.Objects;

/**
 * One object as the config repository declares it.
 *
 * @param json the object; never changed after construction: change a {@link ObjectNode#deepCopy() copy}
 * @param location where the document (or the item of a List) begins
 */
public record Manifest(ObjectNode json, SourceLocation location) {

    public Manifest {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(location, "location");
    }

    /** Such as {@code apps/v1}. */
    public String apiVersion() {
        return json.path("apiVersion").asText();
    }

    public String group() {
        String apiVersion = apiVersion();
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String kind() {
        return json.path("kind").asText();
    }

    /** {@code metadata.namespace}; empty where the document names none. */
    public String namespace() {
        return json.path("metadata").path("namespace").asText("");
    }

    public String name() {
        return json.path("metadata").path("name").asText("");
    }

    public ObjectId id() {
        return new ObjectId(group(), kind(), namespace(), name());
    }

    /** The value of an annotation; {@code null} where it is not set. */
    public String annotation(String key) {
        JsonNode value = json.path("metadata").path("annotations").get(key);
        return value == null || value.isNull() ? null : value.asText();
    }

    public Manifest with(ObjectNode changed) {
        return new Manifest(changed, location);
    }
}
