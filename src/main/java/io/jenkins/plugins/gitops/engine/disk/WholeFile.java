package io.jenkins.plugins.gitops.engine.disk;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** A file that appears whole or not at all and replaces one of its name, whatever happens in between. */
public final class WholeFile {

    private WholeFile() {}

    /** Can be read by everybody. Its folder must exist. */
    public static void write(Path target, byte[] content) throws IOException {
        write(target, content, "rw-r--r--");
    }

    /** Can be read by its owner alone. Its folder must exist. */
    public static void writePrivately(Path target, byte[] content) throws IOException {
        write(target, content, "rw-------");
    }

    private static void write(Path target, byte[] content, String permissions) throws IOException {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        Path temporary = Files.createTempFile(folder, "." + target.getFileName(), ".tmp");
        try {
            Files.write(temporary, content);
            PosixFileAttributeView posix = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
            if (posix != null) {
                posix.setPermissions(PosixFilePermissions.fromString(permissions));
            }
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
