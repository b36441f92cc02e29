package io.jenkins.plugins.gitops.engine.lease;

import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Renews a lease in a thread of its own and, when it is lost, interrupts the thread that works under it. */
final class LeaseRenewal implements Runnable {

    private static final Duration EVERY = AppLease.DURATION.dividedBy(3);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final AppLease lease;
    private final Thread worker;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private LeaseRecord held;
    private volatile String loss;

    private LeaseRenewal(AppLease lease, LeaseRecord held) {
        this.lease = lease;
        this.held = held;
        this.worker = Thread.currentThread();
        this.thread = new Thread(this, "gitops-lease");
        thread.setDaemon(true);
    }

    static LeaseRenewal start(AppLease lease, LeaseRecord held) {
        LeaseRenewal renewal = new LeaseRenewal(lease, held);
        renewal.thread.start();
        return renewal;
    }

    String loss() {
        return loss;
    }

    /** Ends the renewals and gives the lease back; what takes too long is left to expire. */
    void end() {
        ended.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(PATIENCE_AT_END.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        long lastRenewed = System.nanoTime();
        Duration pause = EVERY;
        try {
            while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                long sent = System.nanoTime();
                if (renewed()) {
                    lastRenewed = sent;
                    pause = EVERY;
                } else if (loss == null && System.nanoTime() - lastRenewed > AppLease.DURATION.toNanos()) {
                    loss = "the Lease could not be renewed for " + AppLease.DURATION.toSeconds() + " s";
                } else {
                    pause = RETRY;
                }
                if (loss != null) {
                    worker.interrupt();
                    return;
                }
            }
            lease.release(held);
        } catch (ClusterException e) {
            // It expires by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One try. A server that cannot be reached may be back before the lease expires. */
    private boolean renewed() throws InterruptedException {
        try {
            Optional<LeaseRecord> renewed = lease.renew(held);
            if (renewed.isPresent()) {
                held = renewed.get();
                return true;
            }
            Optional<LeaseRecord> seen = lease.look();
            if (seen.isPresent() && lease.isMine(seen.get())) {
                held = seen.get();
                return false;
            }
            loss = seen.map(LeaseRecord::holder)
                    .filter(holder -> !holder.isEmpty())
                    .map(holder -> "another sync has taken the Lease over: " + holder)
                    .orElse("somebody has taken the Lease away from this sync");
            return false;
        } catch (ClusterException e) {
            return false;
        }
    }
}
