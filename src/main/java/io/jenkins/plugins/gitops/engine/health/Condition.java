package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * One entry of {@code status.conditions}.
 *
 * @param type such as {@code Ready}
 * @param status {@code True}, {@code False}, {@code Unknown}, or whatever a custom kind puts there
 * @param reason one word; empty where none is given
 * @param message a sentence; empty where none is given
 * @param observedGeneration the generation that the condition was told of; empty where it does not say
 */
public record Condition(String type, String status, String reason, String message, OptionalLong observedGeneration) {

    static Condition of(JsonNode json) {
        return new Condition(
                json.path("type").asText(""),
                json.path("status").asText(""),
                json.path("reason").asText(""),
                json.path("message").asText(""),
                LiveObject.wholeNumber(json.path("observedGeneration")));
    }

    public boolean isTrue() {
        return status.equalsIgnoreCase("True");
    }

    public boolean isFalse() {
        return status.equalsIgnoreCase("False");
    }

    /** {@code what; reason: message}, without what is not given and without a full stop, since more may follow. */
    public String explain(String what) {
        if (reason.isEmpty() && message.isEmpty()) {
            return what;
        }
        String between = reason.isEmpty() || message.isEmpty() ? "" : ": ";
        return what + "; " + reason + between + message.replaceFirst("(?<!\\.)\\.\\s*$", "");
    }
}
