package io.jenkins.plugins.gitops.engine.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import okhttp3.Response;

/** Which faults pass, and how long to wait before a request is sent again. */
final class Retry {

    /** How often a request is sent at most where the server asks to come again. */
    private static final int ATTEMPTS = 6;

    /** How often at most where the connection breaks. */
    private static final int CONNECTIONS = 3;

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private Retry() {}

    /** Whether a request that the server could not serve just now is sent once more. */
    static boolean afterRefusal(int attempt, Call call, Response response, ApiException error) {
        return attempt < ATTEMPTS && isPassing(call, response, error);
    }

    /** Whether a request whose connection broke is sent once more: only if it does no harm that it was carried out. */
    static boolean afterBreak(int attempt, Call call, IOException why) {
        boolean firstContact = why instanceof ConnectException || why instanceof UnknownHostException;
        return attempt < CONNECTIONS && call.repeatable() && !(why instanceof SSLException) && !firstContact;
    }

    /** Overload and a server that is just starting; a 500 is not among them: server-side apply answers so to bad input. */
    private static boolean isPassing(Call call, Response response, ApiException error) {
        boolean comeAgain = response.header("Retry-After") != null;
        return switch (response.code()) {
            case 429 -> true;
            // With this reason an aggregated API is down, which takes longer than anybody waits.
            case 503 -> comeAgain || !error.reason().equals("ServiceUnavailable");
            // A gateway: the server behind it may have done it or not.
            case 502, 504 -> comeAgain || call.repeatable();
            // Others write at the same time. A conflict of field managers has causes, and does not pass.
            case 409 -> call.isApply() && error.causes().isEmpty();
            case 500 -> error.getMessage().contains("etcdserver: request timed out");
            default -> false;
        };
    }

    /**
     * Twice as long each time, and never quite the same, so that those who were turned away together do not come again
     * together; at least as long as the server wishes.
     *
     * @param response {@code null} where there was none
     */
    static long pauseMillis(int attempt, Response response) {
        long pause = backOffMillis(FIRST_PAUSE_MILLIS, attempt - 1, LONGEST_PAUSE_MILLIS);
        return Math.min(wishMillis(response) + pause, LONGEST_PAUSE_MILLIS);
    }

    /** The first pause, twice as long for each fault before, up to the longest: between a half and all of that. */
    static long backOffMillis(long first, int faultsBefore, long longest) {
        long pause = Math.min(first << Math.min(faultsBefore, 16), longest);
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }

    private static long wishMillis(Response response) {
        String seconds = response == null ? null : response.header("Retry-After");
        try {
            return seconds == null ? 0 : Math.max(0, Long.parseLong(seconds.trim()) * 1000);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
