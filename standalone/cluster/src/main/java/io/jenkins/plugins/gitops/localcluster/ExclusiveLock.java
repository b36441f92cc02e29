package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One at a time, among the threads of this JVM and the processes of this machine. The operating system gives the lock
 * back when its holder dies, however it dies.
 */
final class ExclusiveLock implements AutoCloseable {
    /** Closing a second channel to a file drops the first one's lock, so a JVM opens each lock file only once. */
    private static final Map<Path, Semaphore> IN_THIS_JVM = new ConcurrentHashMap<>();

    private static final long POLL_MILLIS = 100;

    private final Semaphore semaphore;
    private final FileChannel channel;

    private ExclusiveLock(Semaphore semaphore, FileChannel channel) {
        this.semaphore = semaphore;
        this.channel = channel;
    }

    /**
     * Waits as long as it takes, telling so from time to time.
     *
     * @param file the lock file, made if absent, its directory too
     * @param holder who may have it, for the line that the waiting person reads
     */
    static ExclusiveLock take(Path file, String holder, Progress progress) throws InterruptedException {
        try {
            OwnFiles.makeDirectory(file.toAbsolutePath().getParent());
            Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
            Heartbeat waiting = new Heartbeat(progress, holder + " is at work; waiting");
            Semaphore semaphore = IN_THIS_JVM.computeIfAbsent(key, path -> new Semaphore(1));
            while (!semaphore.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                waiting.beat();
            }
            try {
                return new ExclusiveLock(semaphore, lock(key, waiting));
            } catch (IOException | InterruptedException e) {
                semaphore.release();
                throw e;
            }
        } catch (IOException e) {
            throw new ControlPlaneException("cannot lock " + file + ": " + Failures.reason(e), e);
        }
    }

    private static FileChannel lock(Path file, Heartbeat waiting) throws IOException, InterruptedException {
        while (true) {
            OwnFiles.makeDirectory(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                Object opened = identity(file);
                while (channel.tryLock() == null) {
                    Thread.sleep(POLL_MILLIS);
                    waiting.beat();
                }
                // The holder before us may have removed it with all around it; then the lock would shut out nobody.
                if (opened != null && opened.equals(identity(file))) {
                    return channel;
                }
                channel.close();
            } catch (IOException | InterruptedException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** {@code null} where there is no such file. */
    private static Object identity(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ControlPlaneException("cannot release a lock: " + Failures.reason(e), e);
        } finally {
            semaphore.release();
        }
    }
}
