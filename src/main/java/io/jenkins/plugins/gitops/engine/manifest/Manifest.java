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
    private final String apiVersion;
    private final ObjectId id;
    private final Manifest declared;
    private volatile String digest;
    private volatile String shortDigest;
    private volatile Derived derived;

    private record Derived(Object key, Manifest manifest) {}

    /**
     * @param json the object; never changed after construction: change a {@link ObjectNode#deepCopy() copy}
     * @param location where the document (or the item of a List) begins
     */
    public Manifest(ObjectNode json, SourceLocation location) {
        this(json, location, null);
    }

    private Manifest(ObjectNode json, SourceLocation location, Manifest declared) {
        this.declared = declared;
        this.json = Objects.requireNonNull(json, "json");
        this.location = Objects.requireNonNull(location, "location");
        this.apiVersion = json.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        JsonNode metadata = json.path("metadata");
        this.id = new ObjectId(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                json.path("kind").asText(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    /** The object; not to be changed. */
    public ObjectNode json() {
        return json;
    }

    /** Where the document (or the item of a List) begins. */
    public SourceLocation location() {
        return location;
    }

    /**
     * {@link Digests#sha256(ObjectNode) SHA-256} of the object as it was declared, the values of a Secret left out; worked
     * out once.
     */
    public String digest() {
        if (declared != null) {
            return declared.digest();
        }
        String known = digest;
        if (known == null) {
            known = Digests.sha256(json);
            digest = known;
        }
        return known;
    }

    /** {@link #digest()} in the short form of {@link Digests#of(ObjectNode)}. */
    public String shortDigest() {
        if (declared != null) {
            return declared.shortDigest();
        }
        String known = shortDigest;
        if (known == null) {
            known = Digests.shortened(digest());
            shortDigest = known;
        }
        return known;
    }

    /** Such as {@code apps/v1}. */
    public String apiVersion() {
        return apiVersion;
    }

    public String group() {
        return id.group();
    }

    public String kind() {
        return id.kind();
    }

    /** {@code metadata.namespace}; empty where the document names none. */
    public String namespace() {
        return id.namespace();
    }

    public String name() {
        return id.name();
    }

    public ObjectId id() {
        return id;
    }

    /** The value of an annotation; {@code null} where it is not set. */
    public String annotation(String key) {
        JsonNode value = json.path("metadata").path("annotations").get(key);
        return value == null || value.isNull() ? null : value.asText();
    }

    public Manifest with(ObjectNode changed) {
        return new Manifest(changed, location);
    }

    /** The same declaration with what every declaration of the app gets besides: the digest stays. */
    public Manifest placed(ObjectNode completed) {
        return new Manifest(completed, location, this);
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
