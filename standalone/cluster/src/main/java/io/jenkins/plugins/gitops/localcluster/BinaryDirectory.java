package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory with binaries of one Kubernetes version.
 *
 * @param version such as {@code 1.36.3}; empty where the directory does not say
 */
record BinaryDirectory(Path dir, String version) {
    /** Where kube-api-test keeps its directories, each named {@code <version>-<os>-<arch>}. */
    static final String LIST = "k8s";

    /**
     * The directories of a root: the root itself where binaries are right in it, then those in kube-api-test's layout,
     * the newest version first.
     */
    static List<BinaryDirectory> under(Path root, Platform platform) {
        List<BinaryDirectory> all = new ArrayList<>();
        BinaryDirectory flat = new BinaryDirectory(root, "");
        if (flat.has(Binary.KUBE_APISERVER)) {
            all.add(flat);
        }
        try (Stream<Path> entries = Files.list(root.resolve(LIST))) {
            entries.filter(entry -> entry.getFileName().toString().endsWith(platform.suffix()))
                    .filter(Files::isDirectory)
                    .map(entry -> new BinaryDirectory(entry, versionOf(entry, platform)))
                    .sorted(Comparator.comparing(BinaryDirectory::versionNumbers, Arrays::compare)
                            .reversed())
                    .forEach(all::add);
        } catch (IOException e) {
            // No such layout, or not readable: nothing to find in it.
        }
        return all;
    }

    static BinaryDirectory of(Path root, String version, Platform platform) {
        return new BinaryDirectory(root.resolve(LIST).resolve(version + platform.suffix()), version);
    }

    Path path(Binary binary) {
        return dir.resolve(binary.fileName());
    }

    boolean has(Binary binary) {
        Path path = path(binary);
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    boolean hasAll(Collection<Binary> binaries) {
        return binaries.stream().allMatch(this::has);
    }

    /** Whether it is some {@code <major>.<minor>.x} of that version. */
    boolean isMinorOf(String other) {
        return version.startsWith(other.substring(0, other.lastIndexOf('.') + 1));
    }

    private static String versionOf(Path entry, Platform platform) {
        String name = entry.getFileName().toString();
        return name.substring(0, name.length() - platform.suffix().length());
    }

    private int[] versionNumbers() {
        return Stream.of(version.split("[^0-9]+"))
                .filter(part -> !part.isEmpty() && part.length() < 9)
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
