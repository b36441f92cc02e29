package io.jenkins.plugins.gitops.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder of real manifests, {@code shared/manifests}, beside the project or above it, where present. */
public final class RealManifests {

    private RealManifests() {}

    /** Empty, with a printed reason, where it is not there. */
    public static Optional<Path> folder(String below) {
        for (Path root = Path.of("").toAbsolutePath(); root != null; root = root.getParent()) {
            Path found = root.resolve("shared/manifests").resolve(below);
            if (Files.isDirectory(found)) {
                return Optional.of(found);
            }
        }
        System.out.println(
                "left out: there is no folder of real manifests (shared/manifests/" + below + ") beside the project");
        return Optional.empty();
    }
}
