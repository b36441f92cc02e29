package io.jenkins.plugins.gitops.engine.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file that SOPS encrypted, decrypted as a whole: its authentication code covers the values of all of its documents in
 * their order, so that nothing can be changed, moved or left out.
 */
public final class SopsFile {

    /** The key that SOPS adds to each document. */
    public static final String METADATA = "sops";

    private static final List<String> OTHER_KEYS =
            List.of("pgp", "kms", "gcp_kms", "azure_kv", "hc_vault", "hckms", "key_groups");

    /** SOPS' own constant, by which a code over encrypted values alone differs from one over all. */
    private static final byte[] ONLY_ENCRYPTED =
            HexFormat.of().parseHex("8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69");

    private final byte[] key;
    private final SopsRules rules;
    private final boolean onlyEncrypted;
    private final MessageDigest digest;
    private final Map<String, JsonNode> values = new HashMap<>();
    private final List<JsonNode> documents = new ArrayList<>();

    private SopsFile(byte[] key, JsonNode metadata) throws SopsException {
        this.key = key;
        this.rules = SopsRules.of(metadata);
        this.onlyEncrypted = metadata.path("mac_only_encrypted").asBoolean();
        try {
            this.digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        if (onlyEncrypted) {
            digest.update(ONLY_ENCRYPTED);
        }
    }

    public static boolean isEncrypted(JsonNode document) {
        return document.path(METADATA).isObject() && document.path(METADATA).has("mac");
    }

    /**
     * Decrypts and verifies.
     *
     * @param encrypted all documents of the file, in their order, with fields in theirs
     * @throws SopsException if none of the keys fits, or anything was changed after it was encrypted
     */
    public static SopsFile decrypt(List<JsonNode> encrypted, AgeKeys keys) throws SopsException {
        JsonNode metadata = encrypted.get(0).path(METADATA);
        if (!metadata.isObject()) {
            throw new SopsException("its first document is not encrypted", "encrypt the file as a whole");
        }
        SopsFile file = new SopsFile(dataKey(metadata, keys), metadata);
        for (JsonNode document : encrypted) {
            if (!(document instanceof ObjectNode object)) {
                throw new SopsException("one of its documents is no mapping", "");
            }
            if (!document.path(METADATA).equals(metadata)) {
                throw new SopsException(
                        "its documents do not carry the same metadata of SOPS",
                        "edit the file with sops, never by hand");
            }
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.setAll(object);
            content.remove(METADATA);
            file.documents.add(file.decrypted(content, new ArrayList<>()));
        }
        file.verify(metadata);
        return file;
    }

    private static byte[] dataKey(JsonNode metadata, AgeKeys keys) throws SopsException {
        JsonNode age = metadata.path("age");
        if (age.isEmpty() || metadata.path("shamir_threshold").asInt() > 1) {
            List<String> others = OTHER_KEYS.stream()
                    .filter(kind -> !metadata.path(kind).isEmpty())
                    .toList();
            throw new SopsException(
                    "it is encrypted with " + (others.isEmpty() ? "no key" : String.join(", ", others))
                            + ", and only age keys are supported",
                    "add an age recipient with sops updatekeys");
        }
        if (keys.isEmpty()) {
            throw new SopsException("it is encrypted with SOPS, and there is no age key", "give the age key file");
        }
        List<String> recipients = new ArrayList<>();
        for (JsonNode recipient : age) {
            byte[] key = keys.decrypt(recipient.path("enc").asText());
            if (key != null) {
                return key;
            }
            recipients.add(recipient.path("recipient").asText());
        }
        throw new SopsException(
                "none of the age keys fits: it is encrypted for " + String.join(", ", recipients)
                        + ", or its key is damaged",
                "give the key of one of them, or add yours with sops updatekeys");
    }

    /** The documents in plaintext, without the metadata. */
    public List<JsonNode> documents() {
        return Collections.unmodifiableList(documents);
    }

    /**
     * The plaintext of a value that this file holds encrypted.
     *
     * @param path the keys that lead to it, without the indexes of lists
     * @return {@code null} where there is no such value at that path; a missing node for an encrypted comment
     */
    public JsonNode plaintext(List<String> path, String encrypted) {
        return values.get(context(path) + encrypted);
    }

    private static String context(List<String> path) {
        return String.join(":", path) + ":";
    }

    private JsonNode decrypted(JsonNode node, List<String> path) throws SopsException {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                path.add(field.getKey());
                JsonNode value = decrypted(field.getValue(), path);
                path.remove(path.size() - 1);
                if (!value.isMissingNode()) {
                    copy.set(field.getKey(), value);
                }
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : node) {
                JsonNode value = decrypted(item, path);
                if (!value.isMissingNode()) {
                    copy.add(value);
                }
            }
            return copy;
        }
        return node.isNull() ? node : leaf(node, path);
    }

    private JsonNode leaf(JsonNode node, List<String> path) throws SopsException {
        if (!rules.isEncrypted(path)) {
            if (!onlyEncrypted) {
                digest.update(bytes(node));
            }
            return node;
        }
        String text = node.asText();
        try {
            if (!node.isTextual()) {
                throw new GeneralSecurityException("not an encrypted value");
            }
            SopsValue value = SopsValue.decrypt(text, key, context(path));
            if (value.json() == null) {
                values.put(context(path) + text, JsonNodeFactory.instance.missingNode());
                return JsonNodeFactory.instance.missingNode();
            }
            digest.update(value.bytes());
            values.put(context(path) + text, value.json());
            return value.json();
        } catch (GeneralSecurityException e) {
            throw new SopsException(
                    "the value at " + String.join(".", path)
                            + " cannot be decrypted: it is not what was encrypted there",
                    "edit the file with sops, never by hand");
        }
    }

    /** As SOPS, which is written in Go, writes a value that is not encrypted. */
    private static byte[] bytes(JsonNode node) {
        String text;
        if (node.isBoolean()) {
            text = node.asBoolean() ? "True" : "False";
        } else if (node.isFloatingPointNumber()) {
            BigDecimal shortest = new BigDecimal(Double.toString(node.doubleValue())).stripTrailingZeros();
            text = shortest.toPlainString();
        } else {
            text = node.asText();
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void verify(JsonNode metadata) throws SopsException {
        byte[] computed = HexFormat.of()
                .formatHex(digest.digest())
                .toUpperCase(Locale.ROOT)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] declared;
        try {
            declared = SopsValue.decrypt(
                            metadata.path("mac").asText(),
                            key,
                            metadata.path("lastmodified").asText())
                    .bytes();
        } catch (GeneralSecurityException e) {
            declared = new byte[0];
        }
        if (!MessageDigest.isEqual(computed, declared)) {
            throw new SopsException(
                    "its authentication code does not fit: something was changed after it was encrypted",
                    "edit the file with sops, never by hand");
        }
    }
}
