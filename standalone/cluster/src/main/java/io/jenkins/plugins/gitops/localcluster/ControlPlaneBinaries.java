package io.jenkins.plugins.gitops.localcluster;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The control plane's binaries on this machine. They are looked for in this order:
 *
 * <ol>
 *   <li>the directory that the user names, as an argument or in {@code KUBE_API_TEST_DIR};
 *   <li>the user's cache directory, {@code gitops-jenkins/control-plane} in {@code $XDG_CACHE_HOME}, or else in {@code
 *       ~/.cache} ({@code ~/Library/Caches} on macOS);
 *   <li>the download of kube-api-test (kube-apiserver, etcd and kubectl only), into the cache directory;
 *   <li>a build from Go modules, where {@code go} is on the PATH, into the cache directory.
 * </ol>
 *
 * The directories have kube-api-test's layout, {@code k8s/<version>-<os>-<arch>/kube-apiserver} and so on; the one that
 * the user names may also have the binaries right in it.
 */
public final class ControlPlaneBinaries {
    /** The Kubernetes version that is built, and whose patch versions are taken as well. */
    public static final String VERSION = "1.36.3";

    /** The environment variable with which kube-api-test's users name their directory. */
    public static final String DIRECTORY_VARIABLE = "KUBE_API_TEST_DIR";

    /** The oldest Go that builds {@link #VERSION}. */
    static final String GO_VERSION = "1.26";

    private final Map<Binary, Path> paths;

    private ControlPlaneBinaries(Map<Binary, Path> paths) {
        this.paths = new EnumMap<>(paths);
    }

    /**
     * Finds the binaries, or makes them, which takes some ten minutes on two cores.
     *
     * @throws ControlPlaneException if none of the four ways leads to them; the message says why each failed
     * @throws InterruptedException if the thread is interrupted; a build that runs is ended
     */
    public static ControlPlaneBinaries find(Options options, Progress progress) throws InterruptedException {
        return find(options, System.getenv(), progress);
    }

    static ControlPlaneBinaries find(Options options, Map<String, String> environment, Progress progress)
            throws InterruptedException {
        Platform platform = Platform.current();
        BinaryFinder finder = new BinaryFinder(
                named(options, environment),
                cacheDirectory(environment, platform),
                new KubeApiTestDownload(platform),
                new GoBuild(platform, environment),
                platform);
        return new ControlPlaneBinaries(finder.find(Binary.needed(options.controllers()), progress));
    }

    /** Where binaries are kept that were downloaded or built. */
    static Path cacheDirectory(Map<String, String> environment, Platform platform) {
        Path home = Path.of(System.getProperty("user.home"));
        Path usual = home.resolve(platform.os().equals("darwin") ? "Library/Caches" : ".cache");
        Path configured = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        // The XDG base directory specification has relative paths ignored.
        Path caches = configured.isAbsolute() ? configured : usual;
        return caches.resolve("gitops-jenkins").resolve("control-plane");
    }

    /** Absolute, since the processes run in a directory of their own. */
    private static Path named(Options options, Map<String, String> environment) {
        String variable = environment.getOrDefault(DIRECTORY_VARIABLE, "");
        Path named = options.binariesDir();
        if (named == null && !variable.isEmpty()) {
            named = Path.of(variable);
        }
        return named == null ? null : named.toAbsolutePath().normalize();
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if it is one that was not asked for
     */
    public Path path(Binary binary) {
        Path path = paths.get(binary);
        if (path == null) {
            throw new IllegalArgumentException(binary.fileName() + " was not asked for");
        }
        return path;
    }
}
