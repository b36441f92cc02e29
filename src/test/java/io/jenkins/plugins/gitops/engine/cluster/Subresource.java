package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes a subresource, as controllers and {@code kubectl scale} do. */
public final class Subresource {

    private Subresource() {}

    /** A JSON merge patch in the name of a field manager. */
    public static void patch(
            ApiServer server,
            ApiResource kind,
            String namespace,
            String name,
            String what,
            String manager,
            JsonNode body)
            throws ClusterException, InterruptedException {
        String path = kind.path(namespace, name) + "/" + what + "?fieldManager=" + manager;
        server.send(Call.patch(path, Call.MERGE_PATCH, Json.bytes(body)));
    }
}
