package io.jenkins.plugins.gitops.engine.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders and files that only their owner may read, as they hold what a private repository holds. */
public final class Folders {
    private Folders() {}

    /** Makes it and those above it that are missing. */
    public static void create(Path folder) throws IOException {
        Files.createDirectories(folder, owner(folder, "rwx------"));
    }

    /** Makes one that is not there yet. */
    public static Path createIn(Path parent, String name) throws IOException {
        Path created = parent.resolve(name);
        return Files.createDirectory(created, owner(created, "rwx------"));
    }

    /** @throws java.nio.file.FileAlreadyExistsException if anything is there, a symbolic link too */
    public static void write(Path file, byte[] content, boolean executable) throws IOException {
        Files.createFile(file, owner(file, executable ? "rwx------" : "rw-------"));
        Files.write(file, content);
    }

    /** Removes a folder with everything in it; symbolic links are removed and not followed. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
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

    private static FileAttribute<?>[] owner(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
