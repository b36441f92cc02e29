package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads and parses many files, several at a time. */
final class ParallelReader {

    /** Parsing needs processors and memory; more threads than that help nobody. */
    private static final int WIDTH = Math.min(8, Runtime.getRuntime().availableProcessors());

    /** So many files are one task: a task for each small file would cost more than the file. */
    private static final int BATCH = 32;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private ParallelReader() {}

    /** One result for each file, in their order. */
    static List<ReadResult> read(SourceTree tree, List<String> files) throws IOException, InterruptedException {
        if (files.size() <= BATCH || WIDTH == 1) {
            return readAll(tree, files);
        }
        ExecutorService threads = Executors.newFixedThreadPool(WIDTH, ParallelReader::thread);
        try {
            List<Callable<List<ReadResult>>> tasks = new ArrayList<>();
            for (int from = 0; from < files.size(); from += BATCH) {
                List<String> batch = files.subList(from, Math.min(files.size(), from + BATCH));
                tasks.add(() -> readAll(tree, batch));
            }
            List<ReadResult> results = new ArrayList<>();
            for (Future<List<ReadResult>> batch : threads.invokeAll(tasks)) {
                results.addAll(batch.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            threads.shutdownNow();
            awaitQuietly(threads);
        }
    }

    private static List<ReadResult> readAll(SourceTree tree, List<String> files)
            throws IOException, InterruptedException {
        List<ReadResult> results = new ArrayList<>();
        for (String file : files) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            results.add(read(tree, file));
        }
        return results;
    }

    private static ReadResult read(SourceTree tree, String file) throws IOException {
        try {
            return ManifestReader.read(file, tree.read(file));
        } catch (BadInputException e) {
            return new ReadResult(List.of(), e.problems());
        }
    }

    private static IOException rethrown(Throwable cause) throws InterruptedException {
        if (cause instanceof IOException unreadable) {
            return unreadable;
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
        Thread thread = new Thread(work, "gitops-render-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
