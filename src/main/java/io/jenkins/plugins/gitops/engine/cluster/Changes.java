package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What has happened to the objects of a selection since they were last looked at: the events of a watch from there, which
 * the server has in memory and sends at once, so that it costs what has changed and not what there is.
 *
 * <p>A watch has no mark where the past ends. First the server is made to catch up with its database; then it is listened
 * to until it has been silent for a while. An event that comes later than that is not lost: nothing is skipped, and the next
 * look gets it.
 */
public final class Changes {

    /** No object carries it: a list by it says what moment the server has arrived at, and nothing else. */
    private static final String NOTHING = "gitops.jenkins.io/nothing";

    private static final Duration OPENING = Duration.ofSeconds(30);

    /** The least silence that counts; a server that is slow to begin is given longer. */
    private static final Duration SILENCE = Duration.ofMillis(80);

    private static final int SLOWNESS = 2;
    private static final int GONE = 410;

    private final ApiServer server;
    private final ObjectApi objects;
    private final Selection selection;

    Changes(ApiServer server, ObjectApi objects, Selection selection) {
        this.server = server;
        this.objects = objects;
        this.selection = selection;
    }

    /** Told what has happened, in the order in which it did; the objects are {@code PartialObjectMetadata}. */
    public interface Listener {

        /** An object is new or has changed. */
        void changed(ObjectNode object);

        /** An object is gone, or is no longer part of the selection. */
        void deleted(ObjectNode object);
    }

    /**
     * Tells what has happened since a moment.
     *
     * @param resourceVersion the moment: what {@link ObjectApi#listMetadata(Selection, ObjectApi.Sink)} or an earlier call
     *     has returned
     * @return the moment from which the next call may go on
     * @throws ApiException with code 410 if the server does not know any more, or was set back to an earlier state: then
     *     everything must be listed
     */
    public String since(String resourceVersion, Listener listener) throws ClusterException, InterruptedException {
        String now = objects.listMetadata(
                new Selection(selection.resource(), selection.namespace(), NOTHING, null), nothing -> {});
        if (!isOrdered(resourceVersion, now)) {
            throw new ApiException(GONE, "Expired", server.url() + " was set back to an earlier state", List.of());
        }
        String query = selection.query("watch=true&timeoutSeconds=" + OPENING.toSeconds()) + "&resourceVersion="
                + ApiResource.encode(resourceVersion);
        long asked = System.nanoTime();
        AtomicReference<String> moment = new AtomicReference<>(resourceVersion);
        try (OpenAnswer open = server.open(Call.get(query, Call.METADATA), OPENING)) {
            AnswerStream body = open.body();
            Duration opening = Duration.ofNanos(System.nanoTime() - asked).multipliedBy(SLOWNESS);
            open.quiet(opening.compareTo(SILENCE) > 0 ? opening : SILENCE);
            WatchEvents.read(
                    body,
                    () -> true,
                    listener,
                    version -> moment.updateAndGet(before -> version.isEmpty() ? before : version));
        } catch (InterruptedIOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - asked > OPENING.toNanos()) {
                throw server.unreachable(e);
            }
        } catch (IOException e) {
            throw server.unreachable(e);
        }
        return moment.get();
    }

    private static boolean isOrdered(String before, String now) {
        try {
            return Long.parseLong(before) <= Long.parseLong(now);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
