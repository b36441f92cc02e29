package io.jenkins.plugins.gitops.engine.live;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Watch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The watches of one wait, each in a thread of its own. No more than a set number are open at once; what finds no place
 * among them is listed now and then until there is one. After {@link #close} none of the threads is left.
 */
final class Watches implements AutoCloseable {

    static final int MOST = 24;
    private static final long LIST_PAUSE_MILLIS = 5_000;
    private static final long LOOK_PAUSE_MILLIS = 2_000;

    private final ObjectApi objects;
    private final Semaphore places = new Semaphore(MOST);
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Watch> open = new HashSet<>();
    private boolean closed;

    Watches(ObjectApi objects) {
        this.objects = objects;
    }

    synchronized void follow(Channel channel) {
        if (closed) {
            return;
        }
        Thread thread = new Thread(
                () -> run(channel),
                "gitops-watch-" + channel.selection().resource().plural());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Channel channel) {
        try {
            try {
                watch(channel);
            } catch (ApiException e) {
                narrow(channel, e);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts.
            Thread.currentThread().interrupt();
        } catch (ClusterException | RuntimeException e) {
            channel.failed(e);
        }
    }

    private void watch(Channel channel) throws ApiException, InterruptedException {
        while (!places.tryAcquire()) {
            list(channel);
            Thread.sleep(LIST_PAUSE_MILLIS);
        }
        try {
            Watch watch = objects.watch(channel.selection(), channel);
            if (opened(watch)) {
                watch.run();
            }
        } finally {
            places.release();
        }
    }

    private synchronized boolean opened(Watch watch) {
        return !closed && open.add(watch);
    }

    private void list(Channel channel) throws ApiException, InterruptedException {
        List<com.fasterxml.jackson.databind.node.ObjectNode> found = new ArrayList<>();
        try {
            objects.list(channel.selection(), found::add);
            channel.listed(found);
        } catch (ApiException e) {
            throw e;
        } catch (ClusterException e) {
            channel.troubled(e);
        }
    }

    /** A credential with rights in some namespaces alone must ask in each of them. */
    private void narrow(Channel channel, ApiException why) throws ClusterException, InterruptedException {
        if (why.isUnauthorized()) {
            throw why;
        }
        List<? extends Channel> narrower = channel.split();
        if (!narrower.isEmpty()) {
            narrower.forEach(this::follow);
            return;
        }
        while (channel.look(objects, why)) {
            Thread.sleep(LOOK_PAUSE_MILLIS);
        }
    }

    /** Ends all of them at once and waits until their threads have ended; an interrupt meanwhile is kept. */
    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            open.forEach(Watch::close);
            threads.forEach(Thread::interrupt);
            ending = List.copyOf(threads);
        }
        boolean interrupted = false;
        for (Thread thread : ending) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
