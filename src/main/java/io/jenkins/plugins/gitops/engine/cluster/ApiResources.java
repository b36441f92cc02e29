package io.jenkins.plugins.gitops.engine.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds that an API server serves, as discovery told them at one moment. Immutable. */
public final class ApiResources {

    private final Map<String, ApiResource> byApiVersionAndKind = new LinkedHashMap<>();
    private final Map<String, ApiResource> preferred = new LinkedHashMap<>();
    private final Map<String, Boolean> groupVersions = new HashMap<>();
    private final Set<String> unavailable;

    /**
     * @param resources in the server's order: the preferred version of a group comes first
     * @param unavailable group versions ({@code metrics.k8s.io/v1beta1}) that are registered but could not be asked
     */
    ApiResources(List<ApiResource> resources, Set<String> unavailable) {
        for (ApiResource resource : resources) {
            byApiVersionAndKind.putIfAbsent(resource.apiVersion() + "/" + resource.kind(), resource);
            preferred.putIfAbsent(resource.groupKind(), resource);
            groupVersions.put(resource.apiVersion(), true);
        }
        this.unavailable = Set.copyOf(unavailable);
    }

    public Optional<ApiResource> find(String apiVersion, String kind) {
        return Optional.ofNullable(byApiVersionAndKind.get(apiVersion + "/" + kind));
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
        return Collections.unmodifiableCollection(byApiVersionAndKind.values());
    }

    public boolean serves(String apiVersion) {
        return groupVersions.containsKey(apiVersion);
    }

    /** Whether the group version is registered with an aggregated API server that does not answer. */
    public boolean isUnavailable(String apiVersion) {
        return unavailable.contains(apiVersion);
    }

    public Set<String> unavailable() {
        return unavailable;
    }
}
