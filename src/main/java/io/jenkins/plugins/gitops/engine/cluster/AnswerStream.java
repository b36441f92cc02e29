package io.jenkins.plugins.gitops.engine.cluster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * The body of an answer: counted, and bounded, so that no server can fill the memory of whoever asks it. What is read
 * piece by piece is bounded by the piece.
 */
final class AnswerStream extends FilterInputStream {

    /**
     * An object that etcd takes has 1.5 MB unless somebody allows more, an OpenAPI document or all of discovery a few.
     * Parsed it may take fifteen times as much memory.
     */
    static final int LIMIT_BYTES = 16 << 20;

    private final LongConsumer received;
    private long left = LIMIT_BYTES;

    /** @param received is told the number of bytes of each read */
    AnswerStream(InputStream in, LongConsumer received) {
        super(in);
        this.received = received;
    }

    /** Said when a piece has been read and is not kept: the next one may be as large again. */
    void nextPiece() {
        left = LIMIT_BYTES;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int number = super.read(buffer, offset, length);
        if (number > 0) {
            received.accept(number);
            left -= number;
            if (left < 0) {
                throw new TooLargeException();
            }
        }
        return number;
    }

    /** The server says more than anybody should keep. Nothing is gained by asking again. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("the answer is larger than " + (LIMIT_BYTES >> 20) + " MiB");
        }
    }
}
