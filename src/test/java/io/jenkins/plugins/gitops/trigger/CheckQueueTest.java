package io.jenkins.plugins.gitops.trigger;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public class CheckQueueTest {

    @Test
    public void manyJobsAreCheckedAFewAtATimeAndEachOnce() throws Exception {
        CheckQueue queue = new CheckQueue(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            assertTrue(queue.add("job" + i, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                full.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                running.decrementAndGet();
                done.countDown();
            }));
        }
        assertFalse("a job that waits is not queued twice", queue.add("job7", () -> {}));
        assertTrue("four run at once", full.await(10, TimeUnit.SECONDS));
        go.countDown();
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(4, most.get());
    }

    @Test
    public void aCheckThatFailsIsNoReasonNotToCheckAgain() throws Exception {
        CheckQueue queue = new CheckQueue(1);
        CountDownLatch first = new CountDownLatch(1);
        queue.add("job", () -> {
            first.countDown();
            throw new IllegalStateException("expected by the test");
        });
        assertTrue(first.await(10, TimeUnit.SECONDS));
        CountDownLatch again = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!queue.add("job", again::countDown) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertTrue(again.await(10, TimeUnit.SECONDS));
    }
}
