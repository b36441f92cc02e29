package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives scalars their type as kubectl's YAML library does ({@code sigs.k8s.io/yaml} over {@code go.yaml.in/yaml/v2}):
 * YAML 1.1 with Go's integers, and with timestamps left as strings.
 */
final class ScalarResolver {

    static final String TAG_PREFIX = "tag:yaml.org,2002:";
    static final String MERGE_TAG = TAG_PREFIX + "merge";

    private static final Object NULL = new Object();
    private static final Map<String, Object> WORDS = words();

    private ScalarResolver() {}

    /** A scalar has no value that JSON can hold. The message says why and never quotes the scalar. */
    static final class UnresolvableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String advice;

        UnresolvableException(String message, String advice) {
            super(message, null, false, false);
            this.advice = advice;
        }

        String advice() {
            return advice;
        }
    }

    static JsonNode value(Node.Scalar scalar) throws UnresolvableException {
        Object value = resolve(scalar);
        if (value instanceof String text) {
            return TextNode.valueOf(text);
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (value == NULL) {
            return NullNode.getInstance();
        }
        Number number = (Number) value;
        if (number instanceof Double real && (real.isNaN() || real.isInfinite())) {
            throw new UnresolvableException(
                    "JSON has no number for " + (real.isNaN() ? "not-a-number" : "infinity"),
                    "quote it if a string is meant");
        }
        return GoNumbers.json(number);
    }

    /** A scalar as a mapping's key: JSON's keys are strings. */
    static String key(Node.Scalar scalar) throws UnresolvableException {
        Object value = resolve(scalar);
        if (value instanceof Double real) {
            return GoNumbers.key(real);
        }
        if (value == NULL) {
            throw new UnresolvableException("a key is empty (null)", "write the key, or quote it if it is meant so");
        }
        if (value instanceof BigInteger) {
            throw new UnresolvableException("a key is an integer beyond 64 bits", "quote it");
        }
        return value.toString();
    }

    private static Object resolve(Node.Scalar scalar) throws UnresolvableException {
        String tag = scalar.tag;
        if (tag == null) {
            return scalar.implicit ? implicit(scalar.text) : text(scalar.text);
        }
        if (tag.equals("!")) {
            return text(scalar.text);
        }
        if (!tag.startsWith(TAG_PREFIX)) {
            throw foreignTag();
        }
        String type = tag.substring(TAG_PREFIX.length());
        return switch (type) {
            case "str" -> text(scalar.text);
            case "binary" -> binary(scalar.text);
            case "null", "bool", "int", "float" -> typed(type, implicit(scalar.text));
            case "timestamp" -> {
                if (!GoTimestamps.isTimestamp(scalar.text)) {
                    throw mistyped(type);
                }
                yield scalar.text;
            }
            default -> throw foreignTag();
        };
    }

    private static Object typed(String type, Object value) throws UnresolvableException {
        boolean fits =
                switch (type) {
                    case "null" -> value == NULL;
                    case "bool" -> value instanceof Boolean;
                    case "int" -> value instanceof Long || value instanceof BigInteger;
                    default -> value instanceof Double || value instanceof Long;
                };
        if (!fits) {
            throw type.equals("float") && value instanceof String text && GoNumbers.isTooLarge(text)
                    ? tooLarge()
                    : mistyped(type);
        }
        return type.equals("float") ? (Object) ((Number) value).doubleValue() : value;
    }

    /** For a JSON number that no double can hold; in YAML it is a string. */
    private static UnresolvableException tooLarge() {
        return new UnresolvableException("the number is too large", "quote it if a string is meant");
    }

    private static UnresolvableException mistyped(String type) {
        return new UnresolvableException("the value is tagged !!" + type + ", but is none", "");
    }

    /** For a tag that is not YAML's own. It is not named: it may be an unquoted password that begins with {@code !}. */
    static UnresolvableException foreignTag() {
        return new UnresolvableException(
                "a YAML tag (!) that means nothing to Kubernetes",
                "quote the value if it begins with an exclamation mark, or take the tag away");
    }

    private static Object implicit(String text) throws UnresolvableException {
        if (text.isEmpty()) {
            return NULL;
        }
        char first = text.charAt(0);
        if (text.length() > GoNumbers.LENGTH) {
            if (GoNumbers.looksLikeNumber(text)) {
                throw new UnresolvableException(
                        "a number with more than " + GoNumbers.LENGTH + " digits", "quote it if a string is meant");
            }
            return text;
        }
        if (first >= '0' && first <= '9' || first == '+' || first == '-') {
            Object word = WORDS.get(text);
            Object value = word != null ? word : GoNumbers.parse(text);
            return value == null ? text : value;
        }
        if (first == '.') {
            Object word = WORDS.get(text);
            Object value = word != null ? word : GoNumbers.parseDot(text);
            return value == null ? text : value;
        }
        if (text.length() <= 5) {
            Object word = WORDS.get(text);
            return word == null ? text : word;
        }
        return text;
    }

    /** An escape sequence can write half a character, which no UTF-8 can hold. */
    private static String text(String text) throws UnresolvableException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new UnresolvableException("half of a surrogate pair is no character", "");
                }
                i++;
            }
        }
        return text;
    }

    private static String binary(String text) throws UnresolvableException {
        try {
            String base64 = text.replace("\n", "").replace("\r", "");
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("its length is no multiple of 4");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (IllegalArgumentException e) {
            throw new UnresolvableException("the value is tagged !!binary, but is not base64", "");
        } catch (CharacterCodingException e) {
            throw new UnresolvableException(
                    "the value is tagged !!binary, and its bytes are no text in UTF-8",
                    "take the tag away: Kubernetes takes binary data as a base64 string");
        }
    }

    private static Map<String, Object> words() {
        Map<String, Object> words = new HashMap<>();
        put(words, true, "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
        put(words, false, "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
        put(words, NULL, "~", "null", "Null", "NULL");
        put(words, Double.NaN, ".nan", ".NaN", ".NAN");
        put(words, Double.POSITIVE_INFINITY, ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF");
        put(words, Double.NEGATIVE_INFINITY, "-.inf", "-.Inf", "-.INF");
        return words;
    }

    private static void put(Map<String, Object> words, Object value, String... spellings) {
        for (String spelling : spellings) {
            words.put(spelling, value);
        }
    }
}
