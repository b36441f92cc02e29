package io.jenkins.plugins.gitops.engine.source;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Tells a line every few seconds while a fetch takes long, and ends it when it is no longer wanted. */
final class FetchProgress implements ProgressMonitor {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final Consumer<String> lines;
    private final BooleanSupplier cancelled;
    private long last = System.nanoTime();
    private String task = "";
    private int total;
    private int done;

    FetchProgress(Consumer<String> lines, BooleanSupplier cancelled) {
        this.lines = lines;
        this.cancelled = cancelled;
    }

    @Override
    public void start(int totalTasks) {}

    @Override
    public void beginTask(String title, int totalWork) {
        task = title;
        total = totalWork;
        done = 0;
    }

    @Override
    public void update(int completed) {
        done += completed;
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            last = now;
            lines.accept(total > 0 ? String.format(Locale.ROOT, "%s: %,d of %,d", task, done, total) : task);
        }
    }

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void showDuration(boolean enabled) {}
}
