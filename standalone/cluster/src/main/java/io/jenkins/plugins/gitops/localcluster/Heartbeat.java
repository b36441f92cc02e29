package io.jenkins.plugins.gitops.localcluster;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells from time to time that something still goes on, and for how long it has: soon at first, then seldom. */
final class Heartbeat {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration NEXT = Duration.ofSeconds(15);

    private final Progress progress;
    private final String what;
    private final long start = System.nanoTime();
    private long due;

    Heartbeat(Progress progress, String what) {
        this(progress, what, FIRST);
    }

    /**
     * @param usual how long it takes where all is well, which is not worth a line
     */
    Heartbeat(Progress progress, String what, Duration usual) {
        this.progress = progress;
        this.what = what;
        this.due = start + usual.toNanos();
    }

    void beat() {
        beat(() -> "");
    }

    /**
     * @param detail what goes on just now; asked only when a line is due, left out where empty
     */
    void beat(Supplier<String> detail) {
        long now = System.nanoTime();
        if (now - due >= 0) {
            due = now + NEXT.toNanos();
            String more = detail.get();
            progress.line(what + " (" + elapsed() + ")" + (more.isEmpty() ? "" : ": " + more));
        }
    }

    /** Since it was made: {@code 7 s}, {@code 2 min 5 s}. */
    String elapsed() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        long seconds = elapsed.toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
