package io.jenkins.plugins.gitops.engine.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** {@code {"<namespace>": {"<Kind.group>": {"<name>": "<digest>[ <state>]"}}}}, compressed with gzip. */
final class DigestFormat {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Uncompressed: some 700,000 objects. What claims to be more is not of ours. */
    static final int LARGEST = 64 << 20;

    private DigestFormat() {}

    static byte[] write(Map<ObjectId, String> synced, Map<ObjectId, String> states) {
        ObjectNode json = MAPPER.createObjectNode();
        // Sorted, so that the same digests are the same bytes.
        new TreeMap<>(synced).forEach((id, digest) -> {
            String state = states.get(id);
            json.withObjectProperty(id.namespace())
                    .withObjectProperty(id.groupKind())
                    .put(id.name(), state == null ? digest : digest + " " + state);
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            MAPPER.writeValue(gzip, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if that is not what {@link #write} has written */
    static void read(byte[] bytes, Map<ObjectId, String> synced, Map<ObjectId, String> states) throws IOException {
        JsonNode json;
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            json = MAPPER.readTree(gzip.readNBytes(LARGEST));
        }
        if (!json.isObject()) {
            throw new IOException("no JSON object");
        }
        json.properties().forEach(namespace -> namespace.getValue().properties().forEach(kind -> kind.getValue()
                .properties()
                .forEach(name -> {
                    ObjectId id = ObjectId.of(kind.getKey(), namespace.getKey(), name.getKey());
                    String[] known = name.getValue().asText().split(" ", 2);
                    synced.put(id, known[0]);
                    if (known.length > 1) {
                        states.put(id, known[1]);
                    }
                })));
    }
}
