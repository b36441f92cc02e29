package io.jenkins.plugins.gitops.engine.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One decrypted value.
 *
 * @param json {@code null} for what was a comment
 * @param bytes as they count for the authentication code
 */
record SopsValue(JsonNode json, byte[] bytes) {

    private static final Pattern ENCRYPTED =
            Pattern.compile("ENC\\[AES256_GCM,data:([^,]*),iv:([^,]+),tag:([^,]+),type:([a-z]+)\\]");

    private static final int TAG_BYTES = 16;

    static boolean isEncrypted(String text) {
        return text.startsWith("ENC[AES256_GCM,");
    }

    /**
     * @param context what the value is bound to: the path of its keys, or the time of the last change
     * @throws GeneralSecurityException if it was not encrypted with this key for this context, or was changed since
     */
    static SopsValue decrypt(String text, byte[] key, String context) throws GeneralSecurityException {
        if (text.isEmpty()) {
            return new SopsValue(TextNode.valueOf(""), new byte[0]);
        }
        Matcher parts = ENCRYPTED.matcher(text);
        if (!parts.matches()) {
            throw new GeneralSecurityException("not an encrypted value");
        }
        try {
            byte[] data = Base64.getDecoder().decode(parts.group(1));
            byte[] iv = Base64.getDecoder().decode(parts.group(2));
            byte[] tag = Base64.getDecoder().decode(parts.group(3));
            if (tag.length != TAG_BYTES) {
                throw new GeneralSecurityException("the tag is cut short");
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, iv));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = new byte[data.length + tag.length];
            System.arraycopy(data, 0, sealed, 0, data.length);
            System.arraycopy(tag, 0, sealed, data.length, tag.length);
            byte[] plain = cipher.doFinal(sealed);
            return new SopsValue(json(parts.group(4), new String(plain, StandardCharsets.UTF_8)), plain);
        } catch (IllegalArgumentException e) {
            // Neither the cause nor its message: it may hold the value.
            throw new GeneralSecurityException("not an encrypted value");
        }
    }

    private static JsonNode json(String type, String plain) throws GeneralSecurityException {
        return switch (type) {
            case "str", "bytes", "time" -> TextNode.valueOf(plain);
            case "int" -> JsonNodeFactory.instance.numberNode(new BigInteger(plain));
            case "float" -> DecimalNode.valueOf(new BigDecimal(plain));
            case "bool" -> BooleanNode.valueOf(plain.equalsIgnoreCase("true"));
            case "comment" -> null;
            default -> throw new GeneralSecurityException("unknown type");
        };
    }
}
