package io.jenkins.plugins.gitops.engine.tool;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

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
        return createFolder(folder, name);
    }

    static Path createFolder(Path parent, String name) throws IOException {
        Path created = parent.resolve(name);
        if (parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
            return Files.createDirectory(created, PosixFilePermissions.asFileAttribute(owner));
        }
        return Files.createDirectory(created);
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
