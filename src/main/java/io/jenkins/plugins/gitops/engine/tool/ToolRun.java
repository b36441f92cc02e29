package io.jenkins.plugins.gitops.engine.tool;

import io.jenkins.plugins.gitops.engine.disk.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One way to run programs: in one folder, with one environment, within one set of limits. The environment holds what
 * {@link #environment} says and nothing of this process's own.
 */
public final class ToolRun {

    /** More of it nobody reads. */
    private static final int ERROR_BYTES = 256 << 10;

    private static final Path SHELL = FileSystems.getDefault().getPath("/bin/sh");

    private final Path directory;
    private final Map<String, String> environment;
    private final ToolLimits limits;

    /** @param directory the working directory */
    public ToolRun(Path directory, Map<String, String> environment, ToolLimits limits) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.limits = limits;
    }

    /**
     * How it ended.
     *
     * @param output standard output
     * @param errors standard error, no more than 256 KiB of it
     */
    public record Result(int exitCode, byte[] output, String errors) {}

    /**
     * An environment whose every folder lies in a scratch folder, in which no program is found, and whose proxy leads
     * nowhere: a program that is asked for a remote file fails at once.
     */
    public static Map<String, String> environment(Path scratch) throws IOException {
        Path home = Folders.createIn(scratch, "home");
        Path temporary = Folders.createIn(scratch, "tmp");
        Path programs = Folders.createIn(scratch, "bin");
        String nowhere = "http://127.0.0.1:1";
        return Map.of(
                "HOME", home.toString(),
                "XDG_CONFIG_HOME", home.resolve("config").toString(),
                "XDG_CACHE_HOME", home.resolve("cache").toString(),
                "XDG_DATA_HOME", home.resolve("data").toString(),
                "TMPDIR", temporary.toString(),
                "PATH", programs.toString(),
                "LANG", "C.UTF-8",
                "HTTP_PROXY", nowhere,
                "HTTPS_PROXY", nowhere);
    }

    /**
     * Runs a program to its end.
     *
     * @param input of the program; empty for none
     * @throws ToolException if it cannot be started, or does not end within the limits
     * @throws InterruptedException if the thread is interrupted; the program has been killed then
     */
    public Result run(Tool tool, List<String> arguments, byte[] input)
            throws ToolException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(limited());
        command.addAll(tool.command());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ToolException(
                    tool.name() + " cannot be started: " + e.getMessage(), "check that it runs at a terminal");
        }
        Thread end = new Thread(() -> kill(process), "end of " + tool.name());
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return awaited(tool, process, input);
        } finally {
            kill(process);
            try {
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IllegalStateException e) {
                // The JVM is ending and the hook runs already.
            }
        }
    }

    /** Limits that the system holds, for the program and what it starts; its files are its owner's alone. */
    private List<String> limited() {
        if (!Files.isExecutable(SHELL)) {
            return List.of();
        }
        long kibibytes = limits.memoryBytes() >> 10;
        long seconds = Math.max(1, limits.time().toSeconds()) * 8;
        return List.of(
                SHELL.toString(),
                "-c",
                "umask 077; ulimit -v " + kibibytes + " 2>/dev/null; ulimit -t " + seconds
                        + " 2>/dev/null; ulimit -c 0 2>/dev/null;" + " exec \"$@\"",
                "sh");
    }

    private Result awaited(Tool tool, Process process, byte[] input) throws ToolException, InterruptedException {
        Pump output = new Pump(process.getInputStream(), limits.outputBytes(), () -> kill(process));
        Pump errors = new Pump(process.getErrorStream(), ERROR_BYTES, () -> {});
        feed(process, input);
        if (!process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ToolException(
                    tool.name() + " did not end within " + limits.time().toSeconds() + " s and was killed",
                    "look for what never ends in what it renders, or allow it more time");
        }
        byte[] written = output.await();
        String said = new String(errors.await(), StandardCharsets.UTF_8);
        if (output.overflowed()) {
            throw new ToolException(
                    String.format("%s wrote more than %d MiB and was killed", tool.name(), limits.outputBytes() >> 20),
                    "render a smaller folder");
        }
        if (process.exitValue() != 0 && (said.contains("out of memory") || said.contains("cannot allocate memory"))) {
            throw new ToolException(
                    tool.name() + " needed more than " + (limits.memoryBytes() >> 20) + " MiB of memory and was ended",
                    "look for what grows without end in what it renders");
        }
        return new Result(process.exitValue(), written, said);
    }

    /** From a thread of its own, as a program may never read what it is given. */
    private static void feed(Process process, byte[] input) {
        Thread feeder = new Thread(
                () -> {
                    try (OutputStream in = process.getOutputStream()) {
                        in.write(input);
                    } catch (IOException e) {
                        // It ended before it read everything; its exit code and message tell why.
                    }
                },
                "input of a program");
        feeder.setDaemon(true);
        feeder.start();
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads a stream to its end, so that the program never waits for us, and keeps the beginning of it. */
    private static final class Pump {
        private final InputStream in;
        private final int limit;
        private final Runnable onOverflow;
        private final Thread thread;
        private final AtomicReference<byte[]> content = new AtomicReference<>(new byte[0]);
        private volatile boolean overflowed;

        Pump(InputStream in, int limit, Runnable onOverflow) {
            this.in = in;
            this.limit = limit;
            this.onOverflow = onOverflow;
            this.thread = new Thread(this::pump, "output of a program");
            thread.setDaemon(true);
            thread.start();
        }

        private void pump() {
            try (in) {
                content.set(in.readNBytes(limit));
                if (in.read() >= 0) {
                    overflowed = true;
                    onOverflow.run();
                    in.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                // The program was killed; what was read until then counts.
            }
        }

        byte[] await() throws InterruptedException {
            thread.join();
            return content.get();
        }

        boolean overflowed() {
            return overflowed;
        }
    }
}
