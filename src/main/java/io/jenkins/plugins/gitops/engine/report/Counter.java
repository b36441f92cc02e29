package io.jenkins.plugins.gitops.engine.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the totals, as a page shows it.
 *
 * @param tone {@code good}, {@code warn}, {@code bad}, {@code drift} or {@code quiet}: how it is to be taken
 */
public record Counter(int number, String label, String tone) {

    /** The totals that matter, those that ask for attention first; zeros only where a reader would look for them. */
    public static List<Counter> of(Report report) {
        Report.Counts counts = report.counts();
        List<Counter> all = new ArrayList<>();
        addIf(all, counts.errors(), counts.errors() == 1 ? "error" : "errors", "bad");
        addIf(all, counts.warnings(), counts.warnings() == 1 ? "warning" : "warnings", "warn");
        if (counts.total() == 0) {
            return all;
        }
        if (report.command() == Command.VALIDATE) {
            all.add(new Counter(counts.total(), counts.total() == 1 ? "object" : "objects", "quiet"));
            return all;
        }
        boolean done = report.writes();
        addIf(all, counts.failed(), "failed", "bad");
        all.add(new Counter(counts.drifted(), "drifted", "drift"));
        if (!done) {
            all.add(new Counter(counts.pending(), "pending", "warn"));
        }
        all.add(new Counter(counts.created(), done ? "created" : "to create", "good"));
        all.add(new Counter(counts.updated(), done ? "updated" : "to update", "warn"));
        all.add(new Counter(counts.pruned(), done ? "pruned" : "to prune", "bad"));
        addIf(all, counts.notReached(), "not reached", "bad");
        all.add(new Counter(counts.unhealthy(), "not healthy", "bad"));
        addIf(all, counts.kept(), "kept", "quiet");
        all.add(new Counter(counts.unchanged(), "unchanged", "quiet"));
        return all;
    }

    private static void addIf(List<Counter> counters, int number, String label, String tone) {
        if (number > 0) {
            counters.add(new Counter(number, label, tone));
        }
    }
}
