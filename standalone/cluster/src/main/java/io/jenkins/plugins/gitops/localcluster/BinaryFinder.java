package io.jenkins.plugins.gitops.localcluster;

import io.jenkins.plugins.gitops.localcluster.BinaryMaker.CannotMakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The search, way by way. Binaries of our Kubernetes minor version may come from several places together; those of
 * another one are taken only from the directory that the user names, and only if it has them all, because a controller
 * manager and a scheduler do not work with an API server of any version.
 *
 * @param named the directory that the user names; {@code null} where none is named
 * @param cache where made binaries are kept
 * @param download the third way
 * @param build the fourth way
 */
record BinaryFinder(Path named, Path cache, BinaryMaker download, BinaryMaker build, Platform platform) {
    private static final String DOWNLOAD = "the download of kube-api-test: ";
    private static final String BUILD = "a build from Go modules: ";

    Map<Binary, Path> find(Set<Binary> needed, Progress progress) throws InterruptedException {
        Map<Binary, Path> found = new EnumMap<>(Binary.class);
        List<String> failures = new ArrayList<>();
        failures.add(fromNamed(needed, found));
        if (!missing(needed, found).isEmpty() && named != null) {
            progress.line(failures.get(0) + "; looking further");
        }
        failures.add(fromCache(needed, found));
        if (!missing(needed, found).isEmpty()) {
            makeMissing(needed, found, failures, progress);
        }
        Set<Binary> missing = missing(needed, found);
        if (missing.isEmpty()) {
            return found;
        }
        throw new ControlPlaneException(explain(missing, failures));
    }

    private String fromNamed(Set<Binary> needed, Map<Binary, Path> found) {
        if (named == null) {
            return "a directory that you name: none is named, neither as an argument nor in "
                    + ControlPlaneBinaries.DIRECTORY_VARIABLE;
        }
        String way = "the directory that you name, " + named + ": ";
        if (!Files.isDirectory(named)) {
            return way + "it is no directory";
        }
        List<BinaryDirectory> directories = BinaryDirectory.under(named, platform);
        for (BinaryDirectory directory : directories) {
            if (directory.hasAll(needed)) {
                take(directory, needed, found);
                return "";
            }
        }
        return way + takeOfOurVersion(directories, needed, found);
    }

    private String fromCache(Set<Binary> needed, Map<Binary, Path> found) {
        return "the cache directory, " + cache + ": "
                + takeOfOurVersion(BinaryDirectory.under(cache, platform), needed, found);
    }

    /** Takes what fits and says what does not. */
    private String takeOfOurVersion(List<BinaryDirectory> directories, Set<Binary> needed, Map<Binary, Path> found) {
        if (directories.isEmpty()) {
            return "it has no " + BinaryDirectory.LIST + "/<version>" + platform.suffix() + " with binaries";
        }
        for (BinaryDirectory directory : directories) {
            if (directory.isMinorOf(ControlPlaneBinaries.VERSION)) {
                take(directory, needed, found);
            }
        }
        String versions = directories.stream()
                .map(directory -> directory.version().isEmpty() ? "an unnamed version" : directory.version())
                .distinct()
                .collect(Collectors.joining(", "));
        return "it has " + versions + ", but not " + names(missing(needed, found));
    }

    private static void take(BinaryDirectory directory, Set<Binary> needed, Map<Binary, Path> found) {
        for (Binary binary : needed) {
            if (directory.has(binary)) {
                found.putIfAbsent(binary, directory.path(binary));
            }
        }
    }

    /** Under a lock: where another process is making them, they are there when it is our turn. */
    private void makeMissing(Set<Binary> needed, Map<Binary, Path> found, List<String> failures, Progress progress)
            throws InterruptedException {
        try (ExclusiveLock lock = ExclusiveLock.take(
                cache.resolve("lock"), "another process that prepares the control plane's binaries", progress)) {
            fromCache(needed, found);
            failures.add(DOWNLOAD + make(download, needed, found, progress));
            failures.add(BUILD + make(build, needed, found, progress));
        } catch (ControlPlaneException e) {
            failures.add(DOWNLOAD + "nothing can be kept, " + e.getMessage());
            failures.add(BUILD + "nothing can be kept, " + e.getMessage());
        }
    }

    private String make(BinaryMaker maker, Set<Binary> needed, Map<Binary, Path> found, Progress progress)
            throws InterruptedException {
        Set<Binary> wanted = missing(needed, found);
        wanted.retainAll(maker.makes());
        if (wanted.isEmpty()) {
            return "it offers no " + names(missing(needed, found));
        }
        try {
            maker.make(wanted, cache, progress);
            fromCache(needed, found);
            return "it made no " + names(missing(needed, found));
        } catch (CannotMakeException e) {
            fromCache(needed, found);
            return e.getMessage();
        }
    }

    private static Set<Binary> missing(Set<Binary> needed, Map<Binary, Path> found) {
        Set<Binary> missing = EnumSet.copyOf(needed);
        missing.removeAll(found.keySet());
        return missing;
    }

    private static String names(Set<Binary> binaries) {
        return binaries.stream().map(Binary::fileName).collect(Collectors.joining(", "));
    }

    private static String explain(Set<Binary> missing, List<String> failures) {
        StringBuilder text = new StringBuilder("no control plane can be started, for want of ")
                .append(names(missing))
                .append(" of Kubernetes ")
                .append(ControlPlaneBinaries.VERSION)
                .append(":\n");
        for (int i = 0; i < failures.size(); i++) {
            text.append("  ").append(i + 1).append(". ").append(failures.get(i)).append('\n');
        }
        return text.append("Name a directory that has them, or put Go ")
                .append(ControlPlaneBinaries.GO_VERSION)
                .append(" or newer (https://go.dev/dl/) on the PATH and let them be built.")
                .toString();
    }
}
