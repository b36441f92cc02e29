package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.ArrayList;
import java.util.List;

/** A report's totals, as a build remembers them. */
public final class Totals {

    private final boolean validation;
    private final boolean done;
    private final int total;
    private final int created;
    private final int updated;
    private final int unchanged;
    private final int pruned;
    private final int kept;
    private final int failed;
    private final int notReached;
    private final int drifted;
    private final int pending;
    private final int unhealthy;
    private final int errors;
    private final int warnings;

    Totals(Report report) {
        Report.Counts counts = report.counts();
        validation = report.command() == Command.VALIDATE;
        done = report.writes();
        total = counts.total();
        created = counts.created();
        updated = counts.updated();
        unchanged = counts.unchanged();
        pruned = counts.pruned();
        kept = counts.kept();
        failed = counts.failed();
        notReached = counts.notReached();
        drifted = counts.drifted();
        // A sync that has done it leaves nothing pending.
        pending = done ? 0 : counts.pending();
        unhealthy = counts.unhealthy();
        errors = counts.errors();
        warnings = counts.warnings();
    }

    public int getTotal() {
        return total;
    }

    /** How many objects had left what was last synced. */
    public int getDrifted() {
        return drifted;
    }

    /** How many objects wait for a sync since Git has moved on. */
    public int getPending() {
        return pending;
    }

    public int getUnhealthy() {
        return unhealthy;
    }

    /** What deserves a place beside the verdict: {@code 2 drifted, 1 not healthy}; empty where nothing does. */
    public String getTrouble() {
        List<String> remarks = new ArrayList<>();
        trouble(remarks);
        return String.join(", ", remarks);
    }

    private void trouble(List<String> remarks) {
        addIf(remarks, drifted, Messages.Totals_drifted(drifted));
        addIf(remarks, pending, Messages.Totals_pending(pending));
        addIf(remarks, failed, Messages.Totals_failed(failed));
        addIf(remarks, notReached, Messages.Totals_notReached(notReached));
        addIf(remarks, unhealthy, Messages.Totals_unhealthy(unhealthy));
        addIf(remarks, errors, Messages.Totals_errors(errors));
    }

    /** {@code 3 created, 1 updated, 34 unchanged, 0 pruned; 2 drifted}. */
    public String getText() {
        List<String> remarks = new ArrayList<>();
        trouble(remarks);
        addIf(remarks, warnings, Messages.Totals_warnings(warnings));
        String rest = String.join(", ", remarks);
        String main = main();
        if (main.isEmpty()) {
            return rest.isEmpty() ? Messages.Totals_noProblems() : rest;
        }
        return rest.isEmpty() ? main : main + "; " + rest;
    }

    private String main() {
        if (validation) {
            // Without a cluster the objects are not told one by one.
            return total == 0 ? "" : Messages.Totals_objects(total);
        }
        if (total == 0) {
            return Messages.Totals_noObjects();
        }
        String main = done
                ? Messages.Totals_done(created, updated, unchanged, pruned)
                : Messages.Totals_planned(created, updated, unchanged, pruned);
        return kept == 0 ? main : main + ", " + Messages.Totals_kept(kept);
    }

    private static void addIf(List<String> parts, int count, String text) {
        if (count > 0) {
            parts.add(text);
        }
    }
}
