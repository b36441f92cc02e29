package io.jenkins.plugins.gitops.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a node writes what it has made. The node is not trusted: the size is checked here, the content by the reader. */
final class CappedBuffer extends OutputStream {

    private final String what;
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean tooLarge;

    /** @param what it is, for messages */
    CappedBuffer(String what, int maxBytes) {
        this.what = what;
        this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] buffer, int offset, int length) throws IOException {
        if (closed.getCount() == 0) {
            throw new IOException("the " + what + " has ended");
        }
        if (tooLarge || length > maxBytes - bytes.size()) {
            tooLarge = true;
            bytes.reset();
            throw tooLarge();
        }
        bytes.write(buffer, offset, length);
    }

    private IOException tooLarge() {
        return new IOException("the " + what + " is larger than " + (maxBytes >> 20) + " MiB");
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Waits until everything is here. */
    boolean await(Duration atMost) throws InterruptedException {
        return closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws IOException if more came than is taken */
    synchronized byte[] content() throws IOException {
        if (tooLarge) {
            throw tooLarge();
        }
        return bytes.toByteArray();
    }
}
