package io.jenkins.plugins.gitops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process; zeros elsewhere. */
final class Proc {

    private static final long MILLIS_PER_TICK = 10;
    private static final long LONGEST_PAUSE = 20_000;
    private static final long WINDOW = 250;

    /** Percent. */
    private static final long MOST_BUSY = 8;

    private Proc() {}

    /**
     * Waits until this machine has had next to nothing to do for half a second: a server that has just taken thousands of
     * objects is not done with them yet. At most {@value #LONGEST_PAUSE} ms.
     */
    static void awaitIdle() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_PAUSE * 1_000_000L;
        int idle = 0;
        long[] before = busyAndAll();
        while (before != null && idle < 2 && System.nanoTime() < deadline) {
            Thread.sleep(WINDOW);
            long[] now = busyAndAll();
            idle = (now[0] - before[0]) * 100 < (now[1] - before[1]) * MOST_BUSY ? idle + 1 : 0;
            before = now;
        }
    }

    /** Ticks of all processors so far: with something to do, and all of them; {@code null} where nobody counts. */
    private static long[] busyAndAll() {
        try {
            // user nice system idle iowait irq softirq steal
            String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
            long all = 0;
            for (int i = 1; i <= 8; i++) {
                all += Long.parseLong(fields[i]);
            }
            long rest = Long.parseLong(fields[4]) + Long.parseLong(fields[5]) + Long.parseLong(fields[8]);
            return new long[] {all - rest, all};
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Largest resident size so far, in KiB. */
    static long peakKiB(String pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException | RuntimeException e) {
            // It has ended, or this is no Linux.
        }
        return 0;
    }

    /** Processor time so far, its ended children's included, in milliseconds. */
    static long cpuMillis(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks * MILLIS_PER_TICK;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
