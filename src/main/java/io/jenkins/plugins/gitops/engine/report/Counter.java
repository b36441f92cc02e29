package io.jenkins.plugins.gitops.engine.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the totals, as a page shows it.
 *
 * @param kind what it counts
 * @param label what it counts, in words
 * @param tone {@code good}, {@code warn}, {@code bad}, {@code drift} or {@code quiet}: how it is to be taken
 */
public record Counter(Kind kind, int number, String label, String tone) {

    /** What can be counted. */
    public enum Kind {
        ERRORS,
        WARNINGS,
        OBJECTS,
        FAILED,
        DRIFTED,
        PENDING,
        CREATED,
        TO_CREATE,
        UPDATED,
        TO_UPDATE,
        PRUNED,
        TO_PRUNE,
        NOT_REACHED,
        UNHEALTHY,
        KEPT,
        UNCHANGED
    }

    /** The totals that matter, those that ask for attention first; zeros only where a reader would look for them. */
    public static List<Counter> of(Report report) {
        Report.Counts counts = report.counts();
        List<Counter> all = new ArrayList<>();
        addIf(all, Kind.ERRORS, counts.errors(), counts.errors() == 1 ? "error" : "errors", "bad");
        addIf(all, Kind.WARNINGS, counts.warnings(), counts.warnings() == 1 ? "warning" : "warnings", "warn");
        if (counts.total() == 0) {
            return all;
        }
        if (report.command() == Command.VALIDATE) {
            all.add(new Counter(Kind.OBJECTS, counts.total(), counts.total() == 1 ? "object" : "objects", "quiet"));
            return all;
        }
        boolean done = report.writes();
        addIf(all, Kind.FAILED, counts.failed(), "failed", "bad");
        all.add(new Counter(Kind.DRIFTED, counts.drifted(), "drifted", "drift"));
        if (!done) {
            all.add(new Counter(Kind.PENDING, counts.pending(), "pending", "warn"));
        }
        all.add(new Counter(
                done ? Kind.CREATED : Kind.TO_CREATE, counts.created(), done ? "created" : "to create", "good"));
        all.add(new Counter(
                done ? Kind.UPDATED : Kind.TO_UPDATE, counts.updated(), done ? "updated" : "to update", "warn"));
        all.add(new Counter(done ? Kind.PRUNED : Kind.TO_PRUNE, counts.pruned(), done ? "pruned" : "to prune", "bad"));
        addIf(all, Kind.NOT_REACHED, counts.notReached(), "not reached", "bad");
        if (report.objects().stream().anyMatch(object -> object.health() != null)) {
            all.add(new Counter(Kind.UNHEALTHY, counts.unhealthy(), "not healthy", "bad"));
        }
        addIf(all, Kind.KEPT, counts.kept(), "kept", "quiet");
        all.add(new Counter(Kind.UNCHANGED, counts.unchanged(), "unchanged", "quiet"));
        return all;
    }

    private static void addIf(List<Counter> counters, Kind kind, int number, String label, String tone) {
        if (number > 0) {
            counters.add(new Counter(kind, number, label, tone));
        }
    }
}
