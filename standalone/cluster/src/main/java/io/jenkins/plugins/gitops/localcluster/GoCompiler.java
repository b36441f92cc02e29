package io.jenkins.plugins.gitops.localcluster;

import io.jenkins.plugins.gitops.localcluster.BinaryMaker.CannotMakeException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the user's Go, with its module cache and its build cache. */
final class GoCompiler {

    private final Map<String, String> environment;

    /** @param environment where {@code PATH} is looked up and what Go is given, its proxy settings among it */
    GoCompiler(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What is built.
     *
     * @param module the folder with the {@code go.mod} and {@code go.sum} that pin it, in {@code go} beside this class
     * @param linkerFlags with a leading blank; empty for none
     */
    record Source(String module, String goPackage, String fileName, String linkerFlags) {}

    /** The user's Go. */
    Path program() throws CannotMakeException {
        String path = environment.getOrDefault("PATH", "");
        for (String entry : path.split(File.pathSeparator)) {
            Path candidate = entry.isEmpty() ? null : Path.of(entry, "go").toAbsolutePath();
            if (candidate != null && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new CannotMakeException("there is no go on the PATH");
    }

    /**
     * Builds one program.
     *
     * @param work a directory for what is gone afterwards, on the same file system as the other
     * @param directory where the program goes, whole or not at all
     */
    void compile(Source source, Path work, Path directory, Heartbeat heartbeat, Progress progress)
            throws IOException, CannotMakeException, InterruptedException {
        Path module = unpack(source.module(), work);
        Path output = OwnFiles.makeDirectory(work.resolve("bin")).resolve(source.fileName());
        Path log = work.resolve(source.fileName() + ".log");
        List<String> command = List.of(
                program().toString(),
                "build",
                "-v",
                "-trimpath",
                "-ldflags=-s -w" + source.linkerFlags(),
                "-o",
                output.toString(),
                source.goPackage());
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
            throw new CannotMakeException(source.fileName() + " did not build, go ended with " + exit + ": "
                    + String.join(" | ", LogTail.of(log, 6)));
        }
        Files.move(output, directory.resolve(source.fileName()), StandardCopyOption.ATOMIC_MOVE);
        progress.line("built " + source.fileName() + " in " + heartbeat.elapsed());
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

    private static Path unpack(String module, Path work) throws IOException {
        Path directory = OwnFiles.makeDirectory(work.resolve(module));
        for (String file : List.of("go.mod", "go.sum")) {
            try (InputStream in = GoCompiler.class.getResourceAsStream("go/" + module + "/" + file)) {
                Files.copy(in, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory;
    }
}
