package io.jenkins.plugins.gitops.engine.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder that only its owner may read, and that is gone when it is closed. */
public final class Scratch implements AutoCloseable {

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    public static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("gitops-render-").toRealPath());
    }

    /** A real path. */
    public Path folder() {
        return folder;
    }

    /** A new folder in it that only the owner may read, too. */
    public Path createFolder(String name) throws IOException {
        return Folders.createIn(folder, name);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
