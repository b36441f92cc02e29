package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A short digest of what Git declares of an object, to see later whether Git or the cluster has moved. The values of
 * Secrets are left out: the digest is kept where people without the right to read Secrets can see it.
 */
final class Digests {

    /** 64 bits: enough to notice a change, which is all it is for. */
    private static final int LENGTH = 8;

    private Digests() {}

    static String of(ObjectNode object) {
        ObjectNode counted = object;
        if (SecretMask.isSecret(object)) {
            counted = object.deepCopy();
            counted.remove(List.of("data", "stringData"));
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, counted);
            return HexFormat.of().formatHex(digest.digest(), 0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The order of the fields of a mapping means nothing. */
    private static void update(MessageDigest digest, JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            digest.update((byte) '{');
            sorted.forEach((name, value) -> {
                digest.update(TextNode.valueOf(name).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) ':');
                update(digest, value);
            });
            digest.update((byte) '}');
        } else if (node.isArray()) {
            digest.update((byte) '[');
            node.forEach(item -> update(digest, item));
            digest.update((byte) ']');
        } else {
            digest.update(node.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) ',');
        }
    }
}
