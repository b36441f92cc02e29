package io.jenkins.plugins.gitops.engine.source;

import org.eclipse.jgit.lib.ObjectId;

/**
 * What stands at a path of the repository.
 *
 * @param kind what it is
 * @param path where it really is, after every symbolic link; {@code ""} for the root
 * @param id the Git object; {@code null} for what was found on disk
 */
record TreeEntry(Kind kind, String path, ObjectId id) {

    enum Kind {
        FILE,
        EXECUTABLE,
        FOLDER,
        LINK,
        /** Another repository's commit, whose files are not here. */
        SUBMODULE,
        /** Committed, but left out on disk by a sparse checkout. */
        NOT_ON_DISK
    }

    boolean isFile() {
        return kind == Kind.FILE || kind == Kind.EXECUTABLE;
    }

    boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    /** The path of an entry of this folder. */
    String child(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
