package io.jenkins.plugins.gitops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the kubectl that belongs to the API server. */
final class Kubectl {

    private static final long SAMPLE_MILLIS = 5;

    private final Path program;
    private final Path kubeconfig;
    private final Path log;

    Kubectl(Path program, Path kubeconfig, Path log) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.log = log;
    }

    /** What one process, or several in turn, used. */
    record Usage(long wallMillis, long cpuMillis, long peakKiB) {

        Usage plus(Usage other) {
            return new Usage(
                    wallMillis + other.wallMillis, cpuMillis + other.cpuMillis, Math.max(peakKiB, other.peakKiB));
        }
    }

    Usage apply(Path folder) throws IOException, InterruptedException {
        return run(0, "apply", "--server-side", "--force-conflicts", "-R", "-f", folder.toString());
    }

    /** Exit code 1 says that there are differences. */
    Usage diff(Path folder) throws IOException, InterruptedException {
        return run(1, "diff", "--server-side", "--force-conflicts", "-R", "-f", folder.toString());
    }

    Usage delete(Path folder) throws IOException, InterruptedException {
        return run(0, "delete", "--wait=false", "-R", "-f", folder.toString());
    }

    private Usage run(int expected, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        String pid = String.valueOf(process.pid());
        long cpu = 0;
        long peak = 0;
        do {
            cpu = Math.max(cpu, Proc.cpuMillis(pid));
            peak = Math.max(peak, Proc.peakKiB(pid));
        } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
        long wall = (System.nanoTime() - start) / 1_000_000;
        if (process.exitValue() != expected) {
            String text = Files.readString(log);
            throw new IOException("kubectl " + arguments[0] + " ended with " + process.exitValue() + ": "
                    + text.substring(Math.max(0, text.length() - 2000)));
        }
        return new Usage(wall, cpu, peak);
    }
}
