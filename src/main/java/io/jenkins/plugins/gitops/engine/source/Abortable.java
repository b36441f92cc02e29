package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs what may wait for a network, or forget an interrupt, in a thread of its own: an interrupt neither waits with it nor
 * gets lost in it.
 */
final class Abortable {
    /** Long enough to clean up, short enough for who pressed abort. */
    private static final long GRACE_SECONDS = 3;

    private Abortable() {}

    /**
     * The task's result.
     *
     * @param abort asks the task to end; called on interruption, after which the task may still run for a moment, and
     *     cleans up after itself
     * @param discard what becomes of a result that nobody waits for any more
     */
    static <T> T call(Callable<T> task, Runnable abort, Consumer<T> discard)
            throws BadInputException, IOException, InterruptedException {
        // A task that ends at once has its result before anybody waits, and nobody asks about the interrupt any more.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "git");
        worker.setDaemon(true);
        worker.start();
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.thenAccept(discard);
            abort.run();
            awaitBriefly(result);
            throw e;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static void awaitBriefly(CompletableFuture<?> result) throws InterruptedException {
        try {
            result.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It ended by the abort, or is left to end when its connection does.
        }
    }

    private static IOException rethrown(Throwable cause) throws BadInputException, InterruptedException {
        if (cause instanceof BadInputException bad) {
            throw bad;
        } else if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        } else if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        } else if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
