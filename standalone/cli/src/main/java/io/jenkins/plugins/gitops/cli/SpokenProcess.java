package io.jenkins.plugins.gitops.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process whose output ends only after everything on its error stream has been read, so that whoever sees the output
 * end knows what the process said about it. Its exit value is waited for, as it comes a moment after the output's end.
 */
final class SpokenProcess extends Process {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final InputStream output;
    private final InputStream errors;
    private final CountDownLatch errorsRead = new CountDownLatch(1);

    SpokenProcess(Process process) {
        this.process = process;
        this.output = new Observed(process.getInputStream(), this::awaitErrors);
        this.errors = new Observed(process.getErrorStream(), errorsRead::countDown);
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return errors;
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public int exitValue() {
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    @Override
    public void destroy() {
        process.destroy();
    }

    private void awaitErrors() {
        try {
            errorsRead.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells when its reader has seen the end. */
    private static final class Observed extends FilterInputStream {
        private final Runnable atEnd;

        Observed(InputStream in, Runnable atEnd) {
            super(in);
            this.atEnd = atEnd;
        }

        @Override
        public int read() throws IOException {
            return told(super.read());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return told(super.read(buffer, offset, length));
        }

        private int told(int result) {
            if (result < 0) {
                atEnd.run();
            }
            return result;
        }
    }
}
