package io.jenkins.plugins.gitops.localcluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process of a control plane, in a session of its own where it shall outlive us. Its id is in a file before it
 * becomes what it is, so that none is ever lost. It is known again by an argument that only it has: process ids come
 * round, after a reboot soon.
 *
 * @param binary what it runs
 * @param mark the argument by which it is known; names a file in the control plane's directory
 * @param pidFile where its id is kept
 * @param log what it writes to
 */
record Daemon(Binary binary, String mark, Path pidFile, Path log) {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration END = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;

    /** How often a command line is looked at, ten milliseconds apart; and how often the same one settles it. */
    private static final int LOOKS = 100;

    private static final int SURE = 20;

    /** Keeps its id, then becomes the command; {@code setsid} is not everywhere, a deaf ear for hang-ups is. */
    private static final String LAUNCHER =
            """
            umask 077
            echo $$ > "$1" || exit 1
            shift
            if [ "$1" = attached ]; then shift; exec "$@"; fi
            shift
            trap '' HUP
            if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
            exec "$@"
            """;

    /**
     * Starts it, and returns when its id is recorded.
     *
     * @param executable the program
     * @param arguments its arguments, the mark among them
     * @param directory its working directory and home
     * @param attached whether it ends with our terminal's session
     */
    void start(Path executable, List<String> arguments, Path directory, boolean attached) throws IOException {
        if (!arguments.contains(mark)) {
            throw new IllegalArgumentException(binary.fileName() + " is not started with " + mark);
        }
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(log, OwnFiles.FILE_MODE);
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", LAUNCHER, "launcher", pidFile.toString()));
        command.add(attached ? "attached" : "detached");
        command.add(executable.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Each reads settings from variables of its own, ETCD_* for one; nothing of the user's may meddle.
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "TMPDIR", "LANG", "TZ"));
        environment.put("HOME", directory.toString());
        Files.deleteIfExists(pidFile);
        Process process = builder.start();
        while (recordedId().isEmpty() && process.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The process, if it still runs and is the one that was started. */
    Optional<ProcessHandle> process() {
        return recordedId().flatMap(ProcessHandle::of).filter(this::isOurs);
    }

    boolean isRunning() {
        return process().isPresent();
    }

    private Optional<Long> recordedId() {
        try {
            return Optional.of(Long.valueOf(Files.readString(pidFile).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * While a process becomes another program, and while it ends, its command line is missing or cut short for a moment.
     * So one that fits is believed at once, and another one only when it stays the same.
     */
    private boolean isOurs(ProcessHandle process) {
        List<String> before = List.of();
        int same = 0;
        for (int i = 0; i < LOOKS; i++) {
            List<String> command = commandLine(process);
            if (command.contains(mark) && command.stream().anyMatch(part -> part.endsWith("/" + binary.fileName()))) {
                return true;
            }
            same = !command.isEmpty() && command.equals(before) ? same + 1 : 0;
            if (same >= SURE || hasEnded(process)) {
                return false;
            }
            before = command;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return false;
    }

    /** The program and its arguments; empty where there are none to be seen. */
    private static List<String> commandLine(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (Files.exists(file)) {
            try {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                return text.isEmpty() ? List.of() : List.of(text.split("\0"));
            } catch (IOException e) {
                return List.of();
            }
        }
        List<String> command = new ArrayList<>();
        process.info().command().ifPresent(command::add);
        process.info().arguments().map(List::of).ifPresent(command::addAll);
        return command;
    }

    /**
     * Whether it has ended, be it that its parent has not noticed yet, which in a container may take forever. While
     * any other of its threads is left, so are its ports and files.
     */
    static boolean hasEnded(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        Path entry = Path.of("/proc", Long.toString(process.pid()));
        try (Stream<Path> threads = Files.list(entry.resolve("task"))) {
            String stat = Files.readString(entry.resolve("stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2) && threads.count() == 1;
        } catch (IOException | UncheckedIOException e) {
            // Its parent has noticed just now; or there is no such place on this system.
            return !process.isAlive();
        }
    }

    /** Ends it at once and does not wait. */
    void kill() {
        process().ifPresent(ProcessHandle::destroyForcibly);
    }

    /**
     * Ends it and waits until it has ended.
     *
     * @param patiently whether it may tidy up before; it is ended all the same when that takes too long
     * @throws ControlPlaneException if it does not end
     */
    void end(boolean patiently) throws InterruptedException {
        Optional<ProcessHandle> found = process();
        if (found.isPresent()) {
            ProcessHandle process = found.get();
            boolean ended = patiently && process.destroy() && endsWithin(GRACE, process);
            if (!ended) {
                process.destroyForcibly();
                if (!endsWithin(END, process)) {
                    throw new ControlPlaneException(
                            binary.fileName() + " does not end, process id " + process.pid() + "; see " + log);
                }
            }
        }
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new ControlPlaneException("cannot remove " + pidFile + ": " + Failures.reason(e), e);
        }
    }

    private static boolean endsWithin(Duration limit, ProcessHandle process) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!hasEnded(process)) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
