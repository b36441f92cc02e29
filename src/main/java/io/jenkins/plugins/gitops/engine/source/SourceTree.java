package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one revision, read-only. Paths are relative to the repository's root, with {@code /} as separator and
 * without a leading one; {@code ""} is the root itself. Several threads may read at once.
 */
public interface SourceTree {

    /**
     * The regular files in a folder and everything below it, sorted by path; just the file itself where {@code path}
     * names a file. Symbolic links are followed where they stay inside the repository.
     *
     * @throws BadInputException if the path does not exist or leaves the repository, if a symbolic link below it does,
     *     or if there is a submodule below it; it tells all of these together
     */
    List<String> files(String path) throws IOException, BadInputException;

    /**
     * The content of a file that {@link #files} named, as it was committed.
     *
     * @throws BadInputException if the file is too large to be a manifest, or is only a pointer to its content, as Git
     *     LFS writes them
     */
    byte[] read(String file) throws IOException, BadInputException;

    /**
     * What stands for the content of a file that {@link #files} named: the same name is the same content, in whatever
     * repository; {@code null} where only reading would tell.
     */
    default String contentName(String file) throws IOException, BadInputException {
        return null;
    }

    /** Whether a file that {@link #files} named is committed as a program. */
    default boolean isExecutable(String file) throws IOException, BadInputException {
        return false;
    }

    /**
     * Writes a folder with everything below it to the same path below a folder of the caller's, so that another folder
     * that the first refers to can be written beside it. Symbolic links become what they point to; a program stays
     * executable; there is no {@code .git}. Only the owner may read it.
     *
     * @param scratch an existing folder, which the caller removes
     * @param folder {@code ""} for the whole repository
     * @throws BadInputException if anything below the folder cannot be read; it tells all of it
     */
    default void exportTo(Path scratch, String folder) throws IOException, BadInputException {
        new ScratchCopy(this, scratch.toRealPath()).write(folder);
    }
}
