package io.jenkins.plugins.gitops.engine.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does the same to many items, several at a time. When one fails or the caller is interrupted, no further item is begun,
 * those under way are interrupted, and the call returns only after all of them have ended: nothing goes on behind the
 * caller's back.
 */
public final class Parallel {

    /** Requests to an API server under way at once. It has a fairness of its own; this bounds our threads. */
    private static final int REQUESTS = 16;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Parallel() {}

    /** What is done to one item. */
    @FunctionalInterface
    public interface Task<T, E extends Exception> {
        void accept(T item) throws E, InterruptedException;
    }

    /** For what waits for a server. */
    public static <T, E extends Exception> void forEach(List<T> items, Task<T, E> task) throws E, InterruptedException {
        forEach(items, REQUESTS, task);
    }

    /** @param width how many at once at most */
    public static <T, E extends Exception> void forEach(List<T> items, int width, Task<T, E> task)
            throws E, InterruptedException {
        if (items.size() <= 1 || width <= 1) {
            for (T item : items) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                task.accept(item);
            }
            return;
        }
        int workers = Math.min(width, items.size());
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(workers, Parallel::thread);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(threads.submit(() -> {
                    try {
                        for (int at = next.getAndIncrement();
                                at < items.size() && !stopped.get();
                                at = next.getAndIncrement()) {
                            task.accept(items.get(at));
                        }
                    } catch (Throwable e) {
                        stopped.set(true);
                        throw e;
                    }
                    return null;
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw Parallel.<E>asThrown(e.getCause());
        } finally {
            stopped.set(true);
            threads.shutdownNow();
            awaitQuietly(threads);
        }
    }

    /** A task throws only {@code E}, {@link InterruptedException} and what is unchecked. */
    @SuppressWarnings("unchecked")
    static <E extends Exception> E asThrown(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (E) cause;
    }

    /** Waits for the threads to end even when the caller is interrupted meanwhile; the interrupt is kept. */
    private static void awaitQuietly(ExecutorService threads) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gitops-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
