package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.render.RenderTarget;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The cluster as rendering may ask it. It is connected when it is first asked, which plain YAML never does. */
final class LiveCluster implements RenderTarget.Cluster, AutoCloseable {

    private final ClusterAccess access;
    private final String namespace;
    private ApiServer server;

    /** @param namespace that objects get which name none; {@code null} for the credential's default */
    LiveCluster(ClusterAccess access, String namespace) {
        this.access = access;
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

    /** Something that a cluster is asked. */
    private interface Question<T> {
        T ask(ApiServer server) throws ClusterException, InterruptedException;
    }

    private synchronized <T> T ask(Question<T> question) throws InterruptedException {
        try {
            if (server == null) {
                server = ApiServer.connect(access);
            }
            return question.ask(server);
        } catch (ClusterException e) {
            throw new Failure(e);
        }
    }

    @Override
    public RenderTarget.Facts facts() throws InterruptedException {
        return ask(connected -> {
            ApiResources served = Discovery.discover(connected);
            TreeSet<String> versions = new TreeSet<>();
            for (ApiResource resource : served.all()) {
                versions.add(resource.apiVersion());
                versions.add(resource.apiVersion() + "/" + resource.kind());
            }
            return new RenderTarget.Facts(connected.version(), java.util.List.copyOf(versions));
        });
    }

    @Override
    public String namespace() throws InterruptedException {
        return namespace != null ? namespace : ask(ApiServer::defaultNamespace);
    }

    @Override
    public Map<String, String> values(RenderTarget.ValueSource source) throws BadInputException, InterruptedException {
        String home = source.namespace() == null ? namespace() : source.namespace();
        Optional<ObjectNode> found;
        try {
            found = ask(connected -> {
                ApiResource kind = Discovery.discover(connected)
                        .findByGroupKind(source.secret() ? "Secret" : "ConfigMap")
                        .orElseThrow();
                return new ObjectApi(connected).get(kind, home, source.name());
            });
        } catch (Failure e) {
            if (e.failure() instanceof ApiException refused && refused.code() == 403) {
                throw new BadInputException(
                        source + " in namespace " + home + " holds values to substitute, and the credential may not"
                                + " read it",
                        "allow the verb get on it");
            }
            throw e;
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

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
    }
}
