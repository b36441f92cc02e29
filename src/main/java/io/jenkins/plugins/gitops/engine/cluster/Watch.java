package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Follows the objects of a selection: a list, then a watch from there. A watch that ends, breaks or falls silent goes on
 * where it stopped; where the server no longer knows that point (410 Gone), all is listed again. Faults are tried again
 * with a growing pause for as long as anybody wants to know.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">efficient
 *     detection of changes</a>
 */
public final class Watch implements AutoCloseable {

    /** Told what happens to the objects; always by the thread that runs the watch. */
    public interface Listener extends Changes.Listener {

        /** All that there is now, in place of whatever was told before. */
        void listed(List<ObjectNode> objects);

        /** Nothing can be learned at the moment; it is tried again. */
        void troubled(ClusterException why);

        /** The server answers; what changes from now on will be told. */
        void watching();
    }

    /**
     * How patient a watch is.
     *
     * @param duration how long the server keeps one watch open; up to a quarter more, so that not all end at once
     * @param quiet how long it may say nothing: it sends a bookmark every minute
     * @param firstPause after the first fault in a row
     * @param longestPause after many
     */
    record Pace(Duration duration, Duration quiet, Duration firstPause, Duration longestPause) {
        static final Pace DEFAULT =
                new Pace(Duration.ofMinutes(4), Duration.ofSeconds(90), Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    private static final int GONE = 410;

    private final ApiServer server;
    private final ObjectApi objects;
    private final Selection selection;
    private final Listener listener;
    private final Pace pace;
    private volatile OpenAnswer answer;
    private volatile boolean closed;
    private String resourceVersion = "";
    private int faults;

    Watch(ApiServer server, ObjectApi objects, Selection selection, Listener listener, Pace pace) {
        this.server = server;
        this.objects = objects;
        this.selection = selection;
        this.listener = listener;
        this.pace = pace;
    }

    /**
     * Goes on until the watch is closed or the thread is interrupted.
     *
     * @throws ApiException if the server will never answer: the credential is unknown (401) or has not the right (403),
     *     or the kind cannot be listed or watched (405)
     */
    public void run() throws ApiException, InterruptedException {
        while (!closed) {
            try {
                if (resourceVersion.isEmpty()) {
                    list();
                }
                watch();
            } catch (ApiException e) {
                if (e.code() == 401 || e.code() == 403 || e.code() == 405) {
                    throw e;
                }
                if (e.code() == GONE) {
                    resourceVersion = "";
                }
                fault(e, e.code() == GONE);
            } catch (ClusterException e) {
                fault(e, false);
            } catch (IOException e) {
                fault(server.unreachable(e), true);
            }
        }
    }

    private void list() throws ClusterException, InterruptedException {
        List<ObjectNode> found = new ArrayList<>();
        String version = objects.list(selection, found::add);
        listener.listed(found);
        resourceVersion = version;
    }

    /** Returns when the server has closed the watch in good order. */
    private void watch() throws IOException, ApiException, InterruptedException {
        long seconds = pace.duration().toSeconds();
        seconds += ThreadLocalRandom.current().nextLong(Math.max(1, seconds / 4));
        String query = selection.query("watch=true&allowWatchBookmarks=true&timeoutSeconds=" + Math.max(1, seconds))
                + "&resourceVersion=" + ApiResource.encode(resourceVersion);
        long start = System.nanoTime();
        try (OpenAnswer open = server.open(Call.get(query), pace.quiet())) {
            answer = open;
            if (closed) {
                return;
            }
            AnswerStream body = open.body();
            listener.watching();
            WatchEvents.read(body, () -> !closed, listener, this::told);
        } finally {
            answer = null;
        }
        // A server that closes at once, again and again, must not be asked as often as it can answer.
        if (System.nanoTime() - start < pace.firstPause().toNanos()) {
            pause();
        }
    }

    private void told(String version) {
        faults = 0;
        if (!version.isEmpty()) {
            resourceVersion = version;
        }
    }

    /** @param usual whether it happens in good order too, so that the first time is nothing to speak of */
    private void fault(ClusterException why, boolean usual) throws InterruptedException {
        if (closed) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        if (!usual || faults > 0) {
            listener.troubled(why);
        }
        pause();
    }

    private void pause() throws InterruptedException {
        long millis = Retry.backOffMillis(
                pace.firstPause().toMillis(), faults, pace.longestPause().toMillis());
        faults++;
        Thread.sleep(millis);
    }

    /** Ends it at once. The thread that runs it should be interrupted, too: it may be in a pause. */
    @Override
    public void close() {
        closed = true;
        OpenAnswer open = answer;
        if (open != null) {
            open.cancel();
        }
    }
}
