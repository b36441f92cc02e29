package io.jenkins.plugins.gitops.engine.parallel;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that may be begun in the background before its outcome is needed, and is done at once where it was not. It is done
 * once; several threads may ask.
 *
 * @param <E> what the work throws besides {@link InterruptedException} and what is unchecked
 */
public final class Ahead<T, E extends Exception> {

    private final FutureTask<T> task;

    /** @param work throws only {@code E}, {@link InterruptedException} and what is unchecked */
    public Ahead(Callable<T> work) {
        this.task = new FutureTask<>(work);
    }

    /** @param name of the thread */
    public void begin(String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What came of it.
     *
     * @throws java.util.concurrent.CancellationException if nobody was to ask any more
     */
    public T get() throws E, InterruptedException {
        // In this thread, unless another one has begun.
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw Parallel.<E>asThrown(e.getCause());
        }
    }

    /** Nobody will ask: where it has begun it is interrupted. */
    public void cancel() {
        task.cancel(true);
    }
}
