package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks an API server what it serves: two requests by aggregated discovery, and one per group version on servers that are
 * too old for it (before 1.27).
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery">aggregated
 *     discovery</a>
 */
public final class Discovery {

    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private final ApiServer server;
    private final List<ApiResource> resources = new ArrayList<>();
    private final Set<String> unavailable = new HashSet<>();

    private Discovery(ApiServer server) {
        this.server = server;
    }

    public static ApiResources discover(ApiServer server) throws ClusterException, InterruptedException {
        Discovery discovery = new Discovery(server);
        discovery.ask("/api");
        discovery.ask("/apis");
        return new ApiResources(discovery.resources, discovery.unavailable);
    }

    private void ask(String path) throws ClusterException, InterruptedException {
        JsonNode answer = Json.parse(server.send(Call.get(path, AGGREGATED)));
        switch (answer.path("kind").asText()) {
            case "APIGroupDiscoveryList" -> aggregated(answer);
            case "APIVersions" -> {
                for (JsonNode version : answer.path("versions")) {
                    listed("", version.asText(), "/api/" + version.asText());
                }
            }
            case "APIGroupList" -> {
                for (JsonNode group : answer.path("groups")) {
                    groupOf(group);
                }
            }
            default ->
                throw new ClusterException(
                        server.url() + " does not answer like a Kubernetes API server", "check the server's URL");
        }
    }

    private void aggregated(JsonNode answer) {
        for (JsonNode group : answer.path("items")) {
            String name = group.path("metadata").path("name").asText("");
            for (JsonNode version : group.path("versions")) {
                String versionName = version.path("version").asText();
                if ("Stale".equals(version.path("freshness").asText())) {
                    unavailable.add(name + "/" + versionName);
                }
                for (JsonNode resource : version.path("resources")) {
                    add(
                            name,
                            versionName,
                            resource.path("responseKind").path("kind").asText(),
                            resource.path("resource").asText(),
                            "Namespaced".equals(resource.path("scope").asText()),
                            resource.path("verbs"));
                }
            }
        }
    }

    private void groupOf(JsonNode group) throws ClusterException, InterruptedException {
        String name = group.path("name").asText();
        String preferred = group.path("preferredVersion").path("version").asText();
        listed(name, preferred, "/apis/" + name + "/" + preferred);
        for (JsonNode version : group.path("versions")) {
            String versionName = version.path("version").asText();
            if (!versionName.equals(preferred)) {
                listed(name, versionName, "/apis/" + name + "/" + versionName);
            }
        }
    }

    private void listed(String group, String version, String path) throws ClusterException, InterruptedException {
        JsonNode answer;
        try {
            answer = server.getJson(path);
        } catch (ApiException e) {
            if (e.code() == 404 || e.code() == 503) {
                unavailable.add(group + "/" + version);
                return;
            }
            throw e;
        }
        for (JsonNode resource : answer.path("resources")) {
            String plural = resource.path("name").asText();
            if (!plural.contains("/")) {
                add(
                        group,
                        version,
                        resource.path("kind").asText(),
                        plural,
                        resource.path("namespaced").asBoolean(),
                        resource.path("verbs"));
            }
        }
    }

    private void add(String group, String version, String kind, String plural, boolean namespaced, JsonNode verbNames) {
        Set<String> verbs = new HashSet<>();
        verbNames.forEach(verb -> verbs.add(verb.asText()));
        resources.add(new ApiResource(group, version, kind, plural, namespaced, Set.copyOf(verbs)));
    }
}
