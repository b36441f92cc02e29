package io.jenkins.plugins.gitops.engine.source;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Only one process, and one thread of it, changes a mirror at a time. The lock ends with the process. */
final class MirrorLock implements AutoCloseable {
    private static final long RETRY_MILLIS = 50;

    private final FileChannel channel;

    private MirrorLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until the lock is had. The file stays, since removing it would take the lock from who waits for it. */
    static MirrorLock acquire(Path file, Consumer<String> progress) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (boolean first = true; !isLocked(channel); first = false) {
                if (first) {
                    progress.accept("Waiting for another fetch of the same repository");
                }
                Thread.sleep(RETRY_MILLIS);
            }
            return new MirrorLock(channel);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
