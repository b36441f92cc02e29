package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.render.RenderTarget;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The cluster as rendering may ask it, which plain YAML never does. */
final class LiveCluster implements RenderTarget.Cluster {

    private final Connection connection;
    private final String namespace;

    /** @param namespace that objects get which name none; {@code null} for the credential's default */
    LiveCluster(Connection connection, String namespace) {
        this.connection = connection;
        this.namespace = namespace;
    }

    /** A failure of the cluster on its way through the renderer, which knows of none. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ClusterException failure;

        Failure(ClusterException failure) {
            super(failure);
            this.failure = failure;
        }

        ClusterException failure() {
            return failure;
        }
    }

    @Override
    public RenderTarget.Facts facts() throws InterruptedException {
        Connection.Served served = served();
        TreeSet<String> versions = new TreeSet<>();
        for (ApiResource resource : served.resources().all()) {
            versions.add(resource.apiVersion());
            versions.add(resource.apiVersion() + "/" + resource.kind());
        }
        return new RenderTarget.Facts(served.version(), List.copyOf(versions));
    }

    private Connection.Served served() throws InterruptedException {
        try {
            return connection.served();
        } catch (ClusterException e) {
            throw new Failure(e);
        }
    }

    @Override
    public String namespace() throws InterruptedException {
        try {
            return namespace != null ? namespace : connection.server().defaultNamespace();
        } catch (ClusterException e) {
            throw new Failure(e);
        }
    }

    @Override
    public Map<String, String> values(RenderTarget.ValueSource source) throws BadInputException, InterruptedException {
        String home = source.namespace() == null ? namespace() : source.namespace();
        ApiResource kind = served().resources()
                .findByGroupKind(source.secret() ? "Secret" : "ConfigMap")
                .orElseThrow();
        Optional<ObjectNode> found;
        try {
            found = new ObjectApi(connection.server()).get(kind, home, source.name());
        } catch (ClusterException e) {
            if (e instanceof ApiException refused && refused.code() == 403) {
                throw new BadInputException(
                        source + " in namespace " + home + " holds values to substitute, and the credential may not"
                                + " read it",
                        "allow the verb get on it");
            }
            throw new Failure(e);
        }
        return found.map(object -> entries(object, source.secret())).orElse(null);
    }

    private static Map<String, String> entries(ObjectNode object, boolean encoded) {
        Map<String, String> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
            String value = entry.getValue().asText();
            entries.put(
                    entry.getKey(),
                    encoded ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8) : value);
        }
        return entries;
    }
}
