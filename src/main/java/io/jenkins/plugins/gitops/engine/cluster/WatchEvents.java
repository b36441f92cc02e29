package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads the events of a watch one by one, as they come. */
final class WatchEvents {

    private WatchEvents() {}

    /**
     * Returns when the server has ended the watch in good order, or nobody wants to know any more.
     *
     * @param told after each event: the {@code resourceVersion} that the watch has arrived at, {@code ""} where it names none
     * @throws ApiException if the server ends the watch with an error
     */
    static void read(AnswerStream body, BooleanSupplier wanted, Changes.Listener listener, Consumer<String> told)
            throws IOException, ApiException {
        try (MappingIterator<ObjectNode> events =
                Json.MAPPER.readerFor(ObjectNode.class).readValues(body)) {
            while (wanted.getAsBoolean() && events.hasNextValue()) {
                ObjectNode object = tell(events.nextValue(), listener);
                told.accept(object.path("metadata").path("resourceVersion").asText(""));
                body.nextPiece();
            }
        }
    }

    private static ObjectNode tell(ObjectNode event, Changes.Listener listener) throws IOException, ApiException {
        if (!(event.get("object") instanceof ObjectNode object)) {
            throw new IOException("an event of a watch holds no object");
        }
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> listener.changed(object);
            case "DELETED" -> listener.deleted(object);
            case "ERROR" ->
                throw new ApiException(
                        object.path("code").asInt(500),
                        object.path("reason").asText(""),
                        object.path("message").asText("the watch failed"),
                        List.of());
            default -> {}
        }
        return object;
    }
}
