package io.jenkins.plugins.gitops.engine.schema;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.Rule;
import org.junit.Test;

/** The schemas that are shipped are those of a real API server. */
public class OpenApiIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void theShippedSchemasAreWhatTheServerSays() throws Exception {
        JsonNode shipped = compact(OpenApiIT.class.getResourceAsStream("kubernetes.json.gz"));
        JsonNode pulled;
        try (ApiServer server = ApiServer.connect(engine.access())) {
            pulled = compact(new ByteArrayInputStream(SchemaFile.bytes(OpenApi.pull(server, true))));
        }
        if (!shipped.path("version").equals(pulled.path("version"))) {
            System.out.println("not compared field by field: the server is "
                    + pulled.path("version").asText() + ", the schemas are of "
                    + shipped.path("version").asText());
            assertTrue(pulled.path("kinds").size() > 50);
            return;
        }
        assertEquals(names(shipped.path("kinds")), names(pulled.path("kinds")));
        assertEquals(names(shipped.path("types")), names(pulled.path("types")));
        for (String part : new String[] {"kinds", "types"}) {
            for (Map.Entry<String, JsonNode> entry : shipped.path(part).properties()) {
                assertEquals(entry.getKey(), entry.getValue(), pulled.path(part).path(entry.getKey()));
            }
        }
        System.out.println("compared " + shipped.path("kinds").size() + " kinds and "
                + shipped.path("types").size() + " types of "
                + shipped.path("version").asText());
        assertTrue(shipped.path("kinds").size() > 60 && shipped.path("types").size() > 400);
    }

    private static TreeSet<String> names(JsonNode map) {
        TreeSet<String> names = new TreeSet<>();
        map.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode compact(InputStream file) throws Exception {
        try (InputStream in = new GZIPInputStream(file)) {
            return (ObjectNode) MAPPER.readTree(in);
        }
    }
}
