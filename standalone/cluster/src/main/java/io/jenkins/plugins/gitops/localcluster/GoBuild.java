package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds the binaries with the user's Go, its module cache and its build cache, from the modules that the {@code
 * go.mod} and {@code go.sum} files beside this class pin.
 */
final class GoBuild implements BinaryMaker {
    private static final String KUBERNETES = "kubernetes";
    private static final String VERSION_PACKAGE = "k8s.io/component-base/version";

    private final Platform platform;
    private final GoCompiler compiler;

    /**
     * @param environment where {@code PATH} is looked up and what Go is given, its proxy settings among it
     */
    GoBuild(Platform platform, Map<String, String> environment) {
        this.platform = platform;
        this.compiler = new GoCompiler(environment);
    }

    @Override
    public Set<Binary> makes() {
        return EnumSet.allOf(Binary.class);
    }

    @Override
    public void make(Set<Binary> binaries, Path root, Progress progress)
            throws CannotMakeException, InterruptedException {
        Path go = compiler.program();
        Path directory =
                BinaryDirectory.of(root, ControlPlaneBinaries.VERSION, platform).dir();
        progress.line("building " + binaries.size() + " binaries of Kubernetes " + ControlPlaneBinaries.VERSION
                + " from Go modules with " + go + "; this is done once and takes some ten minutes on two cores");
        try {
            removeLeftovers(root);
            OwnFiles.makeDirectory(directory);
            Path work = Files.createTempDirectory(root, "build-");
            try {
                int number = 0;
                for (Binary binary : binaries) {
                    number++;
                    String what = "building " + binary.fileName() + ", " + number + " of " + binaries.size();
                    compiler.compile(source(binary), work, directory, new Heartbeat(progress, what), progress);
                }
            } finally {
                OwnFiles.delete(work);
            }
        } catch (IOException e) {
            throw new CannotMakeException(Failures.reason(e));
        }
    }

    /** A JVM that was killed leaves its directory behind; nobody else works here while we have the lock. */
    private static void removeLeftovers(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith("build-") || name.startsWith("download-")) {
                    OwnFiles.delete(entry);
                }
            }
        }
    }

    private static GoCompiler.Source source(Binary binary) {
        String flags = module(binary).equals(KUBERNETES) ? versionFlags() : "";
        return new GoCompiler.Source(module(binary), goPackage(binary), binary.fileName(), flags);
    }

    private static String module(Binary binary) {
        return switch (binary) {
            case ETCD -> "etcd";
            case KWOK -> "kwok";
            default -> KUBERNETES;
        };
    }

    private static String goPackage(Binary binary) {
        return switch (binary) {
            case ETCD -> "go.etcd.io/etcd/server/v3";
            case KWOK -> "sigs.k8s.io/kwok/cmd/kwok";
            default -> "k8s.io/kubernetes/cmd/" + binary.fileName();
        };
    }

    private static String versionFlags() {
        String[] numbers = ControlPlaneBinaries.VERSION.split("\\.");
        return String.format(
                " -X %1$s.gitVersion=v%2$s -X %1$s.gitMajor=%3$s -X %1$s.gitMinor=%4$s",
                VERSION_PACKAGE, ControlPlaneBinaries.VERSION, numbers[0], numbers[1]);
    }
}
