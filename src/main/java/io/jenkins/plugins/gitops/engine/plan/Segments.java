package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The segments of {@code managedFields}. Thousands of objects have the same few: what is made of one is kept, so that it is
 * made, and its hash worked out, once.
 */
final class Segments {

    /** So many; names that only one object has, such as labels, must not pile up. */
    private static final int MOST = 2048;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, String> FIELDS = new ConcurrentHashMap<>();
    private static final Map<String, JsonNode> VALUES = new ConcurrentHashMap<>();

    private Segments() {}

    /** {@code f:name}. */
    static String field(String name) {
        String known = FIELDS.get(name);
        if (known != null) {
            return known;
        }
        String made = "f:" + name;
        if (FIELDS.size() < MOST) {
            FIELDS.put(name, made);
        }
        return made;
    }

    /**
     * What a segment {@code k:{...}} or {@code v:...} says, not to be changed; a missing node where that is no JSON.
     */
    static JsonNode value(String segment) {
        JsonNode known = VALUES.get(segment);
        if (known != null) {
            return known;
        }
        JsonNode read;
        try {
            read = MAPPER.readTree(segment.substring(2));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
        if (VALUES.size() < MOST) {
            VALUES.put(segment, read);
        }
        return read;
    }
}
