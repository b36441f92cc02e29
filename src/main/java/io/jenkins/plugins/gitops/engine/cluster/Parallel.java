package io.jenkins.plugins.gitops.engine.cluster;

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

    /** Requests under way at once. The API server has its own fairness; this bounds our threads. */
    private static final int WIDTH = 16;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Parallel() {}

    /** What is done to one item. */
    @FunctionalInterface
    public interface Task<T> {
        void accept(T item) throws ClusterException, InterruptedException;
    }

    public static <T> void forEach(List<T> items, Task<T> task) throws ClusterException, InterruptedException {
        if (items.size() <= 1) {
            for (T item : items) {
                task.accept(item);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(WIDTH, items.size()), Parallel::thread);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(WIDTH, items.size()); i++) {
                workers.add(threads.submit(() -> {
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
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            stopped.set(true);
            threads.shutdownNow();
            awaitQuietly(threads);
        }
    }

    private static ClusterException rethrown(Throwable cause) throws ClusterException, InterruptedException {
        if (cause instanceof ClusterException failed) {
            throw failed;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        throw (Error) cause;
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
