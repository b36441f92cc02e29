package io.jenkins.plugins.gitops.engine.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Response;

/** A request whose answer is read while it comes. Closing it from any thread ends it at once. */
final class OpenAnswer implements AutoCloseable {

    private final okhttp3.Call call;
    private final Function<Response, AnswerStream> body;
    private final Function<Response, ApiException> refusal;
    private volatile Response response;

    OpenAnswer(okhttp3.Call call, Function<Response, AnswerStream> body, Function<Response, ApiException> refusal) {
        this.call = call;
        this.body = body;
        this.refusal = refusal;
    }

    /**
     * Sends the request and waits for the beginning of the answer.
     *
     * @return the body
     * @throws ApiException if the server refuses
     * @throws IOException if the connection breaks, or the answer was closed
     */
    AnswerStream body() throws IOException, ApiException {
        response = call.execute();
        if (!response.isSuccessful()) {
            throw refusal.apply(response);
        }
        return body.apply(response);
    }

    /** How long the rest of the answer may be silent before reading it ends with an {@link java.io.InterruptedIOException}. */
    void quiet(Duration longest) {
        response.body().source().timeout().timeout(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the request wherever it is; the thread that reads gets an {@link IOException}. */
    void cancel() {
        call.cancel();
    }

    @Override
    public void close() {
        call.cancel();
        Response answered = response;
        if (answered != null) {
            answered.close();
        }
    }
}
