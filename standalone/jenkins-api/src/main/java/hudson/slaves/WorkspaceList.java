package hudson.slaves;

import hudson.FilePath;
import java.io.Closeable;

/** Which folders of a node are in use by builds. */
public final class WorkspaceList {
    public static final String COMBINATOR = null;
    /** The folder, or one with a number behind it where that is in use. */
    public synchronized Lease allocate(FilePath base) throws InterruptedException {
        throw new UnsupportedOperationException();
    }
    /** A folder that is nobody else's until it is released. */
    public abstract static class Lease implements Closeable {
        Lease() {}

        public final FilePath path = null;

        public abstract void release();

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
