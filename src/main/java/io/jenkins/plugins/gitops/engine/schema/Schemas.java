package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds that a server knows, with their schemas. Immutable; used by many threads. */
public final class Schemas {

    private static final String METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private final String version;
    private final Map<String, KindSchema> kinds;
    private final Schema metadata;
    private final Map<String, Set<String>> versions = new HashMap<>();

    private Schemas(String version, Map<String, KindSchema> kinds, Schema metadata) {
        this.version = version;
        this.kinds = kinds;
        this.metadata = metadata;
        for (KindSchema kind : kinds.values()) {
            versions.computeIfAbsent(kind.group() + "/" + kind.kind(), none -> new TreeSet<>())
                    .add(kind.apiVersion());
        }
    }

    /** @param compact as {@link OpenApi} makes it */
    static Schemas of(JsonNode compact) {
        JsonNode types = compact.path("types");
        Map<String, Schema> made = new ConcurrentHashMap<>();
        class Types {
            Schema type(String name) {
                Schema known = made.get(name);
                if (known != null) {
                    return known;
                }
                Schema schema = types.has(name) ? Schema.of(types.get(name), this::type, false) : Schema.any();
                made.put(name, schema);
                return schema;
            }
        }
        Types resolver = new Types();
        Map<String, KindSchema> kinds = new HashMap<>();
        compact.path("kinds").properties().forEach(entry -> {
            int slash = entry.getKey().lastIndexOf('/');
            JsonNode kind = entry.getValue();
            KindSchema schema = new KindSchema(
                    entry.getKey().substring(0, slash),
                    entry.getKey().substring(slash + 1),
                    kind.path("plural").asText(),
                    kind.path("namespaced").asBoolean(),
                    resolver.type(kind.path("type").asText()),
                    kind.path("custom").asBoolean());
            kinds.put(entry.getKey(), schema);
        });
        Schema metadata = types.has(METADATA) ? resolver.type(METADATA) : null;
        return new Schemas(compact.path("version").asText(), kinds, metadata);
    }

    /** With the kinds of the custom resource definitions among the manifests, which hide others of their name. */
    public Schemas with(Collection<Manifest> manifests) {
        List<KindSchema> custom = CustomSchemas.of(manifests);
        if (custom.isEmpty()) {
            return this;
        }
        Map<String, KindSchema> all = new HashMap<>(kinds);
        custom.forEach(kind -> all.put(kind.apiVersion() + "/" + kind.kind(), kind));
        return new Schemas(version, all, metadata);
    }

    /** Of the server whose kinds these are, such as {@code v1.36.3}. */
    public String version() {
        return version;
    }

    public Optional<KindSchema> find(String apiVersion, String kind) {
        return Optional.ofNullable(kinds.get(apiVersion + "/" + kind));
    }

    public Collection<KindSchema> kinds() {
        return kinds.values();
    }

    /** The versions of a group in which it has the kind. */
    public Set<String> versionsOf(String group, String kind) {
        return Collections.unmodifiableSet(versions.getOrDefault(group + "/" + kind, Set.of()));
    }

    /** The kinds of a group and version. */
    public Set<String> kindsOf(String apiVersion) {
        Set<String> names = new TreeSet<>();
        for (KindSchema schema : kinds.values()) {
            if (schema.apiVersion().equals(apiVersion)) {
                names.add(schema.kind());
            }
        }
        return names;
    }

    /** What an object's {@code metadata} may hold; {@code null} where the file does not say. */
    Schema metadata() {
        return metadata;
    }
}
