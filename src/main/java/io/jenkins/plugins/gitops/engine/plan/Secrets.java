package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Keeps the values of Secrets out of what a plan says. */
final class Secrets {

    private static final String LAST_APPLIED = "f:kubectl.kubernetes.io/last-applied-configuration";

    private Secrets() {}

    static boolean isSecret(JsonNode object) {
        return object.path("kind").asText().equals("Secret")
                && object.path("apiVersion").asText().equals("v1");
    }

    /** Declared as the server stores it: what {@code stringData} holds is in {@code data}. Only the keys are right. */
    static JsonNode asStored(JsonNode desired) {
        if (!desired.path("stringData").isObject()) {
            return desired;
        }
        ObjectNode stored = desired.deepCopy();
        ObjectNode data = stored.withObjectProperty("data");
        stored.path("stringData").fieldNames().forEachRemaining(data::putNull);
        return stored;
    }

    /** The difference with both values masked where they are secret; which of them changed stays visible. */
    static FieldDiff.Difference masked(FieldDiff.Difference difference) {
        if (!isSecretPath(difference.path())) {
            return difference;
        }
        boolean both = difference.live() != null && difference.desired() != null;
        return new FieldDiff.Difference(
                difference.path(),
                masked(difference.live(), both ? "*** (before)" : "***"),
                masked(difference.desired(), both ? "*** (after)" : "***"));
    }

    private static JsonNode masked(JsonNode value, String mask) {
        if (value == null || !value.isObject()) {
            return value == null ? null : TextNode.valueOf(mask);
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        value.fieldNames().forEachRemaining(name -> copy.put(name, mask));
        return copy;
    }

    private static boolean isSecretPath(FieldPath path) {
        List<String> segments = path.segments();
        return !segments.isEmpty()
                && (segments.get(0).equals("f:data")
                        || segments.get(0).equals("f:stringData")
                        || segments.get(segments.size() - 1).equals(LAST_APPLIED)
                        || segments.equals(List.of("f:metadata", "f:annotations")));
    }

    /** A server's message without the values that the manifest holds. */
    static String redacted(String message, ObjectNode secret) {
        String redacted = message;
        for (String field : List.of("data", "stringData")) {
            for (JsonNode value : secret.path(field)) {
                String text = value.asText();
                if (text.length() > 2) {
                    redacted = redacted.replace(text, "***");
                }
            }
        }
        return redacted;
    }
}
