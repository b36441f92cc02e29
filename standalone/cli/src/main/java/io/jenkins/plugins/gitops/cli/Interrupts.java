package io.jenkins.plugins.gitops.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C interrupts the run instead of killing it: writing stops at once, and the report is still written. */
final class Interrupts {

    private static final long PATIENCE_SECONDS = 10;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);

    private Interrupts() {}

    static void install() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (FINISHED.getCount() == 0) {
                                return;
                            }
                            main.interrupt();
                            try {
                                FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "interrupt"));
    }

    /** The run is over; from here on the process may end. */
    static void finished() {
        FINISHED.countDown();
    }
}
