package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Files that look like binaries. */
final class FakeBinaries {
    private FakeBinaries() {}

    /** In kube-api-test's layout; answers the directory they are in. */
    static Path in(Path root, String version, Collection<Binary> binaries) throws IOException {
        return rightIn(BinaryDirectory.of(root, version, Platform.current()).dir(), binaries);
    }

    static Path rightIn(Path directory, Collection<Binary> binaries) throws IOException {
        Files.createDirectories(directory);
        for (Binary binary : binaries) {
            executable(directory.resolve(binary.fileName()), "#!/bin/sh\n");
        }
        return directory;
    }

    static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
