package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words that every form of a report uses for the same thing. */
public final class Words {

    /** Whether a run has an order worth telling: hooks, or more than one wave. */
    public static boolean isOrdered(Report report) {
        long waves = report.steps().stream()
                .filter(step -> step.kind() == Step.Kind.WAVE)
                .count();
        return waves > 1 || report.steps().stream().anyMatch(step -> step.kind() == Step.Kind.HOOK || step.wave() != 0);
    }

    /** What a step is about: a hook's object, or how many objects. */
    static String content(Step step) {
        return step.object() == null
                ? plural(step.objects(), "object")
                : step.object().toString();
    }

    /** How far a step came, and how long it took. */
    static String state(Step step) {
        return switch (step.result()) {
            case PLANNED -> "planned";
            case DONE -> "done in " + Times.duration(step.duration());
            case FAILED -> "failed after " + Times.duration(step.duration());
            case NOT_REACHED -> "not reached";
        };
    }

    private Words() {}

    /** What was asked for: {@code Drift check}. */
    public static String command(Command command) {
        return switch (command) {
            case SYNC -> "Sync";
            case PLAN -> "Plan";
            case DRIFT -> "Drift check";
            case VALIDATE -> "Validation";
            case DELETE -> "Deletion";
        };
    }

    /** How it ended: {@code Out of sync}. */
    public static String verdict(Report report) {
        return switch (report.status()) {
            case IN_SYNC ->
                switch (report.command()) {
                    case VALIDATE -> "Valid";
                    case DELETE -> "Deleted";
                    default -> "In sync";
                };
            case OUT_OF_SYNC -> report.command() == Command.DELETE ? "To be deleted" : "Out of sync";
            case INVALID -> "Invalid";
            case FAILED -> "Failed";
            case UNHEALTHY -> "Not healthy";
            case REFUSED -> "Refused";
            case ABORTED -> "Aborted";
        };
    }

    /** What is to be done to an object, or what was done: {@code update}, {@code updated}, {@code update failed}. */
    public static String action(Report report, ObjectReport object) {
        if (report.notReached(object)) {
            return object.action().verb() + " not reached";
        }
        return report.command() == Command.VALIDATE && object.action() == Action.NONE
                ? "valid"
                : action(object.action(), object.result());
    }

    private static String action(Action action, Result result) {
        return switch (result) {
            case PLANNED -> action.verb();
            case DONE -> action.done();
            case FAILED -> action == Action.NONE ? "failed" : action.verb() + " failed";
            case NOT_REACHED -> action.verb() + " not reached";
        };
    }

    /** {@code drift}, {@code drift corrected}, {@code pending}; empty where there is nothing to say. */
    public static String cause(ObjectReport object) {
        boolean done = object.written();
        if (object.drifted()) {
            return done ? "drift corrected" : "drift";
        }
        return object.cause() == Cause.PENDING && !done ? "pending" : "";
    }

    /** {@code degraded: CrashLoopBackOff}; empty where there is nothing to worry about. */
    public static String illness(ObjectReport object) {
        return object.unhealthy() ? health(object.health()) : "";
    }

    /** {@code progressing: 1 of 3 replicas are available}. */
    public static String health(Health health) {
        String word = health.status().name().toLowerCase(Locale.ROOT);
        return health.message().isEmpty() ? word : word + ": " + health.message();
    }

    /** {@code 3 created, 1 updated, 34 unchanged, 0 pruned; 2 drifted}. */
    public static String totals(Report report) {
        Report.Counts counts = report.counts();
        List<String> parts = new ArrayList<>();
        if (report.command() == Command.VALIDATE) {
            // Without a cluster the objects are not told one by one.
            addIf(parts, counts.total(), counts.total() == 1 ? "object" : "objects");
        } else if (counts.total() == 0) {
            parts.add("no objects");
        } else {
            boolean done = report.writes();
            parts.add(done ? counts.created() + " created" : counts.created() + " to create");
            parts.add(done ? counts.updated() + " updated" : counts.updated() + " to update");
            parts.add(Printable.count(counts.unchanged()) + " unchanged");
            parts.add(done ? counts.pruned() + " pruned" : counts.pruned() + " to prune");
            addIf(parts, counts.kept(), "kept");
        }
        List<String> remarks = new ArrayList<>();
        addIf(remarks, counts.drifted(), "drifted");
        if (!report.writes()) {
            addIf(remarks, counts.pending(), "pending");
        }
        addIf(remarks, counts.failed(), "failed");
        addIf(remarks, counts.notReached(), "not reached");
        addIf(remarks, counts.unhealthy(), "not healthy");
        addIf(remarks, counts.errors(), counts.errors() == 1 ? "error" : "errors");
        addIf(remarks, counts.warnings(), counts.warnings() == 1 ? "warning" : "warnings");
        if (parts.isEmpty()) {
            return remarks.isEmpty() ? "no problems" : String.join(", ", remarks);
        }
        return String.join(", ", parts) + (remarks.isEmpty() ? "" : "; " + String.join(", ", remarks));
    }

    private static void addIf(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(Printable.count(count) + " " + word);
        }
    }

    /** Where a message stands alone and not behind a colon: with a capital, unless it begins with a name or a URL. */
    public static String sentence(String message) {
        String first = message.split("\\s", 2)[0];
        boolean isWord = first.chars().allMatch(c -> c >= 'a' && c <= 'z');
        return isWord && !first.isEmpty() ? Character.toUpperCase(message.charAt(0)) + message.substring(1) : message;
    }

    public static String plural(long count, String noun) {
        return Printable.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** What happens to a field beyond its values; empty where the values say it. */
    public static String remark(FieldView view) {
        return switch (view.kind()) {
            case OWNER -> "value unchanged, taken over";
            case EXTRA -> "not in Git, a sync leaves it";
            default -> "";
        };
    }
}
