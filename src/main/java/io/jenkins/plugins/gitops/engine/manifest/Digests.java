package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Digests of what Git declares of an object, to see later whether Git or the cluster has moved. The values of Secrets are
 * left out where nothing else is said: digests are kept where people without the right to read Secrets can see them.
 */
public final class Digests {

    /** 64 bits: enough to notice a change, which is all it is for. */
    private static final int LENGTH = 8;

    private Digests() {}

    /** Short, in hexadecimal, for the inventory. */
    public static String of(ObjectNode object) {
        return HexFormat.of().formatHex(whole(withoutSecrets(object)), 0, LENGTH);
    }

    /** SHA-256 in hexadecimal. */
    public static String sha256(ObjectNode object) {
        return HexFormat.of().formatHex(whole(withoutSecrets(object)));
    }

    /** SHA-256 over everything, the values of Secrets included: to be put into another digest, and not to be shown. */
    public static byte[] whole(ObjectNode object) {
        return sha256(canonical(object));
    }

    /** SHA-256 of a text, in hexadecimal. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode withoutSecrets(ObjectNode object) {
        if (!SecretMask.isSecret(object)) {
            return object;
        }
        ObjectNode counted = object.deepCopy();
        counted.remove(List.of("data", "stringData"));
        return counted;
    }

    /** One form for every way to write the same JSON: the order of the properties of an object means nothing. */
    public static byte[] canonical(JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        canonical(node, bytes);
        return bytes.toByteArray();
    }

    private static void canonical(JsonNode node, ByteArrayOutputStream bytes) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            bytes.write('{');
            sorted.forEach((name, value) -> {
                write(TextNode.valueOf(name), bytes);
                bytes.write(':');
                canonical(value, bytes);
            });
            bytes.write('}');
        } else if (node.isArray()) {
            bytes.write('[');
            node.forEach(item -> canonical(item, bytes));
            bytes.write(']');
        } else {
            write(node, bytes);
            bytes.write(',');
        }
    }

    private static void write(JsonNode value, ByteArrayOutputStream bytes) {
        bytes.writeBytes(value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
