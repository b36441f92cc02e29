package io.jenkins.plugins.gitops.engine.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds that an API server serves, as discovery told them at one moment. Immutable. */
public final class ApiResources {

    private final Map<String, Map<String, ApiResource>> byApiVersion = new LinkedHashMap<>();
    private final Map<String, ApiResource> preferred = new LinkedHashMap<>();
    private final Set<String> unavailable;

    /**
     * @param resources in the server's order: the preferred version of a group comes first
     * @param unavailable group versions ({@code metrics.k8s.io/v1beta1}) that are registered but could not be asked
     */
    ApiResources(List<ApiResource> resources, Set<String> unavailable) {
        for (ApiResource resource : resources) {
            byApiVersion
                    .computeIfAbsent(resource.apiVersion(), version -> new LinkedHashMap<>())
                    .putIfAbsent(resource.kind(), resource);
            preferred.putIfAbsent(resource.groupKind(), resource);
        }
        this.unavailable = Set.copyOf(unavailable);
    }

    public Optional<ApiResource> find(String apiVersion, String kind) {
        Map<String, ApiResource> kinds = byApiVersion.get(apiVersion);
        return kinds == null ? Optional.empty() : Optional.ofNullable(kinds.get(kind));
    }

    /** The kind in the version that the server prefers; {@code groupKind} is {@code Kind.group} or {@code Kind}. */
    public Optional<ApiResource> findByGroupKind(String groupKind) {
        return Optional.ofNullable(preferred.get(groupKind));
    }

    /** Each kind once, in the preferred version. */
    public Collection<ApiResource> kinds() {
        return Collections.unmodifiableCollection(preferred.values());
    }

    /** Every kind in every version. */
    public Collection<ApiResource> all() {
        return byApiVersion.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .toList();
    }

    public boolean serves(String apiVersion) {
        return byApiVersion.containsKey(apiVersion);
    }

    /** Whether the group version is registered with an aggregated API server that does not answer. */
    public boolean isUnavailable(String apiVersion) {
        return unavailable.contains(apiVersion);
    }

    public Set<String> unavailable() {
        return unavailable;
    }
}
