package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The one JSON mapper of this package. */
final class Json {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            // 0.1 stays 0.1: a double would be written differently from what the manifest says.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static JsonNode parse(byte[] body) throws ClusterException {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new ClusterException("the API server's answer is not JSON", "check the server's URL");
        }
    }

    /** What the server says of one object. */
    static ObjectNode object(byte[] body) throws ClusterException {
        if (parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw new ClusterException("the API server's answer is not a JSON object", "check the server's URL");
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
