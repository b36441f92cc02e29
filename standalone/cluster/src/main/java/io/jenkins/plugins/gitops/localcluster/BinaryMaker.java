package io.jenkins.plugins.gitops.localcluster;

import java.nio.file.Path;
import java.util.Set;

/** A way to get binaries that are not on this machine yet. */
interface BinaryMaker {

    /** Those that it can make at all. */
    Set<Binary> makes();

    /**
     * Makes binaries, each whole or not at all. Called by one process at a time.
     *
     * @param root where they go, in kube-api-test's layout
     * @throws CannotMakeException if it cannot; what it made until then stays
     */
    void make(Set<Binary> binaries, Path root, Progress progress) throws CannotMakeException, InterruptedException;

    /** Why one way did not work; the message is a clause of the message that tells about all ways. */
    final class CannotMakeException extends Exception {
        private static final long serialVersionUID = 1L;

        CannotMakeException(String reason) {
            super(reason);
        }
    }
}
