package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

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

    /** {@link #of(ObjectNode)} of an object from its {@link #sha256(ObjectNode)}. */
    public static String shortened(String sha256) {
        return sha256.substring(0, 2 * LENGTH);
    }

    /** Short, in hexadecimal, of any text. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)), 0, LENGTH);
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
        return canonicalText(node).getBytes(StandardCharsets.UTF_8);
    }

    public static String canonicalText(JsonNode node) {
        StringBuilder text = new StringBuilder(1024);
        append(text, node);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode node) {
        if (node instanceof ObjectNode object) {
            text.append('{');
            for (Map.Entry<String, JsonNode> property : sorted(object)) {
                quote(text, property.getKey());
                text.append(':');
                append(text, property.getValue());
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.forEach(item -> append(text, item));
            text.append(']');
        } else if (node.isTextual()) {
            quote(text, node.textValue());
            text.append(',');
        } else {
            text.append(node).append(',');
        }
    }

    /** By name; what the server sends is so already. */
    private static Collection<Map.Entry<String, JsonNode>> sorted(ObjectNode object) {
        String before = "";
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (before.compareTo(property.getKey()) > 0) {
                List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(object.properties());
                properties.sort(Map.Entry.comparingByKey());
                return properties;
            }
            before = property.getKey();
        }
        return object.properties();
    }

    private static void quote(StringBuilder text, String string) {
        text.append('"');
        if (isPlain(string)) {
            text.append(string);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(string, text);
        }
        text.append('"');
    }

    /** Whether JSON writes it as it is, which is known faster than it is quoted. */
    private static boolean isPlain(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
