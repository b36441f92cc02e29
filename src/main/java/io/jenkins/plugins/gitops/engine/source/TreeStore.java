package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.util.Map;

/** Where the entries of a tree come from: a commit, or a disk. Thread-safe. */
interface TreeStore extends AutoCloseable {

    TreeEntry root();

    /** The entries of a folder by their exact name. */
    Map<String, TreeEntry> children(TreeEntry folder) throws IOException, BadInputException;

    /** What a symbolic link says, unresolved. */
    String target(TreeEntry link) throws IOException, BadInputException;

    /**
     * A file's content.
     *
     * @throws TooLargeException if it holds more bytes than that
     */
    byte[] content(TreeEntry file, int limit) throws IOException, BadInputException, TooLargeException;

    /** {@code at revision main (1a2b3c4d)}, to end a sentence. */
    String where();

    /** Nothing is read any more. */
    @Override
    default void close() {}

    /** There are more bytes than were asked for. */
    final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
        private final long bytes;

        TooLargeException(long bytes) {
            this.bytes = bytes;
        }

        long bytes() {
            return bytes;
        }
    }
}
