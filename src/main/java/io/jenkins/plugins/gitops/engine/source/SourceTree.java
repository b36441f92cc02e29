package io.jenkins.plugins.gitops.engine.source;

import java.io.IOException;
import java.util.List;

/**
 * The files of one revision, read-only. Paths are relative to the repository's root, with {@code /} as separator and
 * without a leading one; {@code ""} is the root itself.
 */
public interface SourceTree {

    /**
     * The regular files in a folder and everything below it, sorted by path; just the file itself where {@code path}
     * names a file. Symbolic links are followed where they stay inside the repository.
     *
     * @throws io.jenkins.plugins.gitops.engine.problem.BadInputException if the path does not exist, leaves the
     *     repository, or a symbolic link below it does
     */
    List<String> files(String path) throws IOException, io.jenkins.plugins.gitops.engine.problem.BadInputException;

    /** The content of a file that {@link #files} named. */
    byte[] read(String file) throws IOException;
}
