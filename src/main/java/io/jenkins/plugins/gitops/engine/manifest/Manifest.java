package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** One object as the config repository declares it. */
public final class Manifest {

    private final ObjectNode json;
    private final SourceLocation location;
    private volatile String digest;
    private volatile Derived derived;

    private record Derived(Object key, Manifest manifest) {}

    /**
     * @param json the object; never changed after construction: change a {@link ObjectNode#deepCopy() copy}
     * @param location where the document (or the item of a List) begins
     */
    public Manifest(ObjectNode json, SourceLocation location) {
        this.json = Objects.requireNonNull(json, "json");
        this.location = Objects.requireNonNull(location, "location");
    }

    /** The object; not to be changed. */
    public ObjectNode json() {
        return json;
    }

    /** Where the document (or the item of a List) begins. */
    public SourceLocation location() {
        return location;
    }

    /** {@link Digests#sha256(ObjectNode) SHA-256} of the object, the values of a Secret left out; worked out once. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = Digests.sha256(json);
            digest = known;
        }
        return known;
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

    /**
     * A manifest that is made of this one, made again only where it is to be made otherwise than last time.
     *
     * @param key says in full how it is made
     */
    public Manifest derived(Object key, UnaryOperator<Manifest> making) {
        Derived known = derived;
        if (known == null || !known.key().equals(key)) {
            known = new Derived(key, making.apply(this));
            derived = known;
        }
        return known.manifest();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest manifest && json.equals(manifest.json) && location.equals(manifest.location);
    }

    @Override
    public int hashCode() {
        return Objects.hash(json, location);
    }

    /** {@code Kind/namespace/name at file:line:column}: what it holds may be secret. */
    @Override
    public String toString() {
        return id() + " at " + location;
    }
}
