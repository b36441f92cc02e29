package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Counter;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.Step;
import io.jenkins.plugins.gitops.engine.report.Times;

/** What the reports say in English, in the language of whoever looks at a page. */
final class PageWords {

    private PageWords() {}

    /** How a run ended: {@code Out of sync}. */
    static String verdict(Command command, Status status) {
        return switch (status) {
            case IN_SYNC ->
                switch (command) {
                    case VALIDATE -> Messages.Verdict_valid();
                    case DELETE -> Messages.Verdict_deleted();
                    default -> Messages.Verdict_inSync();
                };
            case OUT_OF_SYNC -> Messages.Verdict_outOfSync();
            case INVALID -> Messages.Verdict_invalid();
            case FAILED -> Messages.Verdict_failed();
            case UNHEALTHY -> Messages.Verdict_unhealthy();
            case REFUSED -> Messages.Verdict_refused();
            case ABORTED -> Messages.Verdict_aborted();
        };
    }

    /** What was asked for: {@code Drift check}. */
    static String command(Command command) {
        return switch (command) {
            case SYNC -> Messages.Command_sync();
            case PLAN -> Messages.Command_plan();
            case DRIFT -> Messages.Command_drift();
            case VALIDATE -> Messages.Command_validate();
            case DELETE -> Messages.Command_delete();
        };
    }

    /** What is to be done to an object, or what was done: {@code update}, {@code updated}, {@code update: failed}. */
    static String action(Report report, ObjectReport object) {
        if (report.notReached(object)) {
            return Messages.Action_notReached(toDo(object.action()));
        }
        if (report.command() == Command.VALIDATE && object.action() == Action.NONE) {
            return Messages.Action_valid();
        }
        return switch (object.result()) {
            case PLANNED -> toDo(object.action());
            case DONE -> done(object.action());
            case FAILED -> Messages.Action_failed(toDo(object.action()));
            case NOT_REACHED -> Messages.Action_notReached(toDo(object.action()));
        };
    }

    private static String toDo(Action action) {
        return switch (action) {
            case CREATE -> Messages.Action_create();
            case UPDATE -> Messages.Action_update();
            case REPLACE -> Messages.Action_replace();
            case NONE -> Messages.Action_unchanged();
            case PRUNE -> Messages.Action_prune();
            case KEEP -> Messages.Action_keep();
        };
    }

    private static String done(Action action) {
        return switch (action) {
            case CREATE -> Messages.Action_created();
            case UPDATE -> Messages.Action_updated();
            case REPLACE -> Messages.Action_replaced();
            case NONE -> Messages.Action_unchanged();
            case PRUNE -> Messages.Action_pruned();
            case KEEP -> Messages.Action_kept();
        };
    }

    /** {@code drift}, {@code drift corrected}, {@code pending}; empty where there is nothing to say. */
    static String cause(ObjectReport object) {
        boolean done = object.written();
        if (object.drifted()) {
            return done ? Messages.Cause_corrected() : Messages.Cause_drift();
        }
        return object.cause() == Cause.PENDING && !done ? Messages.Cause_pending() : "";
    }

    /** {@code progressing}. */
    static String health(HealthStatus status) {
        return switch (status) {
            case HEALTHY -> Messages.Health_healthy();
            case PROGRESSING -> Messages.Health_progressing();
            case DEGRADED -> Messages.Health_degraded();
            case SUSPENDED -> Messages.Health_suspended();
            case MISSING -> Messages.Health_missing();
            case UNKNOWN -> Messages.Health_unknown();
        };
    }

    /** Under one of the totals: {@code to create}. */
    static String label(Counter counter) {
        return switch (counter.kind()) {
            case ERRORS -> Messages.Counter_errors();
            case WARNINGS -> Messages.Counter_warnings();
            case OBJECTS -> Messages.Counter_objects();
            case FAILED -> Messages.Counter_failed();
            case DRIFTED -> Messages.Counter_drifted();
            case PENDING -> Messages.Counter_pending();
            case CREATED -> Messages.Counter_created();
            case TO_CREATE -> Messages.Counter_toCreate();
            case UPDATED -> Messages.Counter_updated();
            case TO_UPDATE -> Messages.Counter_toUpdate();
            case PRUNED -> Messages.Counter_pruned();
            case TO_PRUNE -> Messages.Counter_toPrune();
            case NOT_REACHED -> Messages.Counter_notReached();
            case UNHEALTHY -> Messages.Counter_unhealthy();
            case KEPT -> Messages.Counter_kept();
            case UNCHANGED -> Messages.Counter_unchanged();
        };
    }

    /** {@code wave -1}, {@code PreSync hook}, {@code prune}. */
    static String title(Step step) {
        return switch (step.kind()) {
            case WAVE -> Messages.Step_wave(Integer.toString(step.wave()));
            case HOOK -> Messages.Step_hook(step.phase());
            case PRUNE -> Messages.Step_prune();
        };
    }

    /** How far a step came, and how long it took. */
    static String state(Step step) {
        return switch (step.result()) {
            case PLANNED -> Messages.Step_planned();
            case DONE -> Messages.Step_done(Times.duration(step.duration()));
            case FAILED -> Messages.Step_failed(Times.duration(step.duration()));
            case NOT_REACHED -> Messages.Step_notReached();
        };
    }
}
