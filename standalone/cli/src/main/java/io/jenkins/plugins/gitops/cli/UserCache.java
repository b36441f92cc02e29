package io.jenkins.plugins.gitops.cli;

import java.nio.file.Path;

/** The user's cache directory, where what can be made again is kept. */
final class UserCache {

    private UserCache() {}

    static Path directory(String name) {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("gitops-jenkins").resolve(name);
    }
}
