package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ExclusiveLockTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private Path file;

    @Before
    public void setUp() {
        file = folder.getRoot().toPath().resolve("made/when/missing/lock");
    }

    /** Takes the lock and keeps it until it is killed. */
    public static final class Holder {
        public static void main(String[] arguments) throws Exception {
            ExclusiveLock.take(Path.of(arguments[0]), "nobody", Progress.none());
            System.out.println("taken");
            Thread.sleep(300_000);
        }
    }

    @Test
    public void anotherThreadWaitsItsTurn() throws Exception {
        ExclusiveLock first = take();
        CompletableFuture<ExclusiveLock> second = CompletableFuture.supplyAsync(this::take);

        assertFalse(isDoneSoon(second));
        first.close();

        second.get(10, TimeUnit.SECONDS).close();
        take().close();
    }

    @Test
    public void aProcessThatIsKilledGivesItBack() throws Exception {
        try (Jvm holder = Jvm.run(Holder.class, file.toString())) {
            holder.lineWith("taken");
            CompletableFuture<ExclusiveLock> mine = CompletableFuture.supplyAsync(this::take);
            Thread.sleep(2500);
            assertFalse(mine.isDone());
            assertTrue(lines.toString(), lines.get(0).startsWith("a friend is at work; waiting (2 s)"));

            holder.kill();

            mine.get(10, TimeUnit.SECONDS).close();
        }
    }

    @Test
    public void aLockFileThatItsHolderRemovesShutsOutTheNextButOneToo() throws Exception {
        ExclusiveLock first = take();
        CompletableFuture<ExclusiveLock> second = CompletableFuture.supplyAsync(this::take);
        assertFalse(isDoneSoon(second));
        OwnFiles.delete(file.getParent());
        first.close();

        ExclusiveLock held = second.get(10, TimeUnit.SECONDS);

        assertFalse(isDoneSoon(CompletableFuture.supplyAsync(this::take)));
        assertTrue("the lock is a file that others find", file.toFile().exists());
        held.close();
    }

    private ExclusiveLock take() {
        try {
            return ExclusiveLock.take(file, "a friend", lines::add);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isDoneSoon(CompletableFuture<?> future) throws Exception {
        try {
            future.get(300, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
