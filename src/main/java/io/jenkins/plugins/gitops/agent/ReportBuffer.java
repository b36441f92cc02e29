package io.jenkins.plugins.gitops.agent;

import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFormatException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a node writes its report. The node is not trusted: size and content are checked here. */
final class ReportBuffer extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean tooLarge;

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] buffer, int offset, int length) throws IOException {
        if (closed.getCount() == 0) {
            throw new IOException("the report has ended");
        }
        if (tooLarge || bytes.size() + length > ReportJson.MAX_BYTES) {
            tooLarge = true;
            bytes.reset();
            throw new ReportFormatException("the report is larger than " + (ReportJson.MAX_BYTES >> 20) + " MiB");
        }
        bytes.write(buffer, offset, length);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Waits until the report is whole. */
    boolean await(Duration atMost) throws InterruptedException {
        return closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws ReportFormatException if what came is no report */
    synchronized Report report() throws ReportFormatException {
        if (tooLarge) {
            throw new ReportFormatException("the report is larger than " + (ReportJson.MAX_BYTES >> 20) + " MiB");
        }
        return ReportJson.read(bytes.toByteArray());
    }
}
