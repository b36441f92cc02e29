package io.jenkins.plugins.gitops.engine.cluster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.function.LongConsumer;
import okhttp3.Response;

/** A request whose answer is read while it comes. Closing it from any thread ends it at once. */
final class OpenAnswer implements AutoCloseable {

    private final okhttp3.Call call;
    private final LongConsumer received;
    private final Function<Response, ApiException> refusal;
    private volatile Response response;

    OpenAnswer(okhttp3.Call call, LongConsumer received, Function<Response, ApiException> refusal) {
        this.call = call;
        this.received = received;
        this.refusal = refusal;
    }

    /**
     * Sends the request and waits for the beginning of the answer.
     *
     * @return the body
     * @throws ApiException if the server refuses
     * @throws IOException if the connection breaks, or the answer was closed
     */
    InputStream body() throws IOException, ApiException {
        response = call.execute();
        if (!response.isSuccessful()) {
            throw refusal.apply(response);
        }
        return new FilterInputStream(response.body().byteStream()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                received.accept(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                received.accept(Math.max(read, 0));
                return read;
            }
        };
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
