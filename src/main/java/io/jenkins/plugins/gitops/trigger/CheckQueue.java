package io.jenkins.plugins.gitops.trigger;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Checks of many jobs, a few at a time, and of each job one at a time: one that is asked for again is not run twice. */
final class CheckQueue {

    private static final Logger LOGGER = Logger.getLogger(CheckQueue.class.getName());
    private static final int THREADS = 10;
    private static final CheckQueue INSTANCE = new CheckQueue(THREADS);

    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor executor;

    CheckQueue(int threads) {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "GitOps check " + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    static CheckQueue get() {
        return INSTANCE;
    }

    /** @return whether it will be run; not where the job waits for a check already, or is being checked */
    boolean add(String job, Runnable check) {
        if (!pending.add(job)) {
            return false;
        }
        executor.execute(() -> {
            try {
                check.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "The check of " + job + " failed");
            } finally {
                pending.remove(job);
            }
        });
        return true;
    }

    /** Runs something as Jenkins itself, as timers do. */
    static void asSystem(Runnable task) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            task.run();
        }
    }
}
