package io.jenkins.plugins.gitops.localcluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds the binaries with the user's Go, its module cache and its build cache, from the modules that the {@code
 * go.mod} and {@code go.sum} files beside this class pin.
 */
final class GoBuild implements BinaryMaker {
    private static final String KUBERNETES = "kubernetes";
    private static final String VERSION_PACKAGE = "k8s.io/component-base/version";

    private final Platform platform;
    private final Map<String, String> environment;

    /**
     * @param environment where {@code PATH} is looked up and what Go is given, its proxy settings among it
     */
    GoBuild(Platform platform, Map<String, String> environment) {
        this.platform = platform;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Set<Binary> makes() {
        return EnumSet.allOf(Binary.class);
    }

    @Override
    public void make(Set<Binary> binaries, Path root, Progress progress)
            throws CannotMakeException, InterruptedException {
        Path go = findGo();
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
                    build(go, binary, work, directory, new Heartbeat(progress, what), progress);
                }
            } finally {
                OwnFiles.delete(work);
            }
        } catch (IOException e) {
            throw new CannotMakeException(Failures.reason(e));
        }
    }

    private Path findGo() throws CannotMakeException {
        String path = environment.getOrDefault("PATH", "");
        for (String entry : path.split(File.pathSeparator)) {
            Path candidate = entry.isEmpty() ? null : Path.of(entry, "go").toAbsolutePath();
            if (candidate != null && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new CannotMakeException("there is no go on the PATH");
    }

    private void build(Path go, Binary binary, Path work, Path directory, Heartbeat heartbeat, Progress progress)
            throws IOException, CannotMakeException, InterruptedException {
        Path module = unpack(module(binary), work);
        Path output = OwnFiles.makeDirectory(work.resolve("bin")).resolve(binary.fileName());
        Path log = work.resolve(binary.fileName() + ".log");
        List<String> command = new ArrayList<>(List.of(go.toString(), "build", "-v", "-trimpath"));
        command.add("-ldflags=-s -w" + (module(binary).equals(KUBERNETES) ? versionFlags() : ""));
        command.addAll(List.of("-o", output.toString(), goPackage(binary)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().keySet().removeAll(Set.of("GOOS", "GOARCH", "GOBIN"));
        builder.environment().putAll(Map.of("GOFLAGS", "-mod=readonly", "GOWORK", "off", "CGO_ENABLED", "0"));

        int exit = run(builder, heartbeat, log);
        if (exit != 0) {
            throw new CannotMakeException(binary.fileName() + " did not build, go ended with " + exit + ": "
                    + String.join(" | ", LogTail.of(log, 6)));
        }
        Files.move(output, directory.resolve(binary.fileName()), StandardCopyOption.ATOMIC_MOVE);
        progress.line("built " + binary.fileName() + " in " + heartbeat.elapsed());
    }

    private static int run(ProcessBuilder builder, Heartbeat heartbeat, Path log)
            throws IOException, InterruptedException {
        Process process = builder.redirectInput(new File("/dev/null")).start();
        Thread end = new Thread(() -> destroy(process), "end of the Go build");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                heartbeat.beat(() -> String.join("", LogTail.of(log, 1)));
            }
            return process.exitValue();
        } finally {
            destroy(process);
            removeHook(end);
        }
    }

    private static void destroy(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending and the hook runs already.
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

    private static Path unpack(String module, Path work) throws IOException {
        Path directory = OwnFiles.makeDirectory(work.resolve(module));
        for (String file : List.of("go.mod", "go.sum")) {
            try (InputStream in = GoBuild.class.getResourceAsStream("go/" + module + "/" + file)) {
                Files.copy(in, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory;
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
