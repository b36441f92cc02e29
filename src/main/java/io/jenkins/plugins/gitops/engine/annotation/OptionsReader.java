package io.jenkins.plugins.gitops.engine.annotation;

import static io.jenkins.plugins.gitops.engine.annotation.Annotations.ARGO;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.FLUX;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.HELM;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.OURS;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions.Strategy;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads {@link ObjectOptions}. */
final class OptionsReader {

    private static final String SYNC_OPTIONS = ARGO + "sync-options";
    private static final String COMPARE_OPTIONS = ARGO + "compare-options";

    private final Consumer<Complaint> complaints;
    private String kept = "";
    private Strategy strategy = Strategy.APPLY;
    private String strategyFrom = "";
    private boolean replace;
    private boolean force;
    private boolean pruneLast;
    private boolean validate = true;
    private boolean kindMayBeMissing;
    private boolean ignoreExtraneous;
    private String movedFrom = "";

    OptionsReader(Consumer<Complaint> complaints) {
        this.complaints = complaints;
    }

    ObjectOptions read(JsonNode annotations) {
        annotations.properties().forEach(annotation -> {
            if (!annotation.getValue().isNull()) {
                read(annotation.getKey(), annotation.getValue().asText().trim());
            }
        });
        return new ObjectOptions(
                kept,
                strategy,
                strategyFrom,
                replace,
                force,
                pruneLast,
                validate,
                kindMayBeMissing,
                ignoreExtraneous,
                movedFrom);
    }

    private void read(String key, String value) {
        switch (key) {
            case SYNC_OPTIONS -> Annotations.list(value).forEach(this::syncOption);
            case COMPARE_OPTIONS -> Annotations.list(value).forEach(this::compareOption);
            case OURS + "prune", FLUX + "prune", OURS + "delete" -> {
                if (isSwitch(key, value, "disabled", "enabled")) {
                    kept = key + ": " + value;
                }
            }
            case HELM + "resource-policy" -> {
                if (value.equalsIgnoreCase("keep")) {
                    kept = key + ": " + value;
                } else {
                    unknownValue(key, value, "keep");
                }
            }
            case OURS + "ssa", FLUX + "ssa" -> strategy(key, value);
            case OURS + "reconcile", FLUX + "reconcile" -> {
                if (isSwitch(key, value, "disabled", "enabled")) {
                    leave(Strategy.IGNORE, key + ": " + value);
                    kept = key + ": " + value;
                }
            }
            case OURS + "force", FLUX + "force" -> force |= isSwitch(key, value, "enabled", "disabled");
            case OURS + "replace" -> replace |= isSwitch(key, value, "enabled", "disabled");
            case OURS + "prune-last" -> pruneLast |= isSwitch(key, value, "enabled", "disabled");
            case OURS + "validate" -> {
                if (isSwitch(key, value, "disabled", "enabled")) {
                    validate = false;
                }
            }
            case OURS + "moved-from" -> movedFrom = value;
            case OURS + "missing-kind" -> {
                if (value.equalsIgnoreCase("wait")) {
                    kindMayBeMissing = true;
                } else {
                    unknownValue(key, value, "wait");
                }
            }
            case OURS + "extraneous" -> {
                if (value.equalsIgnoreCase("ignore")) {
                    ignoreExtraneous = true;
                } else {
                    unknownValue(key, value, "ignore");
                }
            }
            default -> {}
        }
    }

    private void syncOption(String option) {
        switch (option) {
            case "Prune=false", "Prune=confirm", "Delete=false", "Delete=confirm" ->
                kept = SYNC_OPTIONS + ": " + option;
            case "Replace=true" -> replace = true;
            case "Force=true" -> force = true;
            case "PruneLast=true" -> pruneLast = true;
            case "Validate=false" -> validate = false;
            case "SkipDryRunOnMissingResource=true" -> kindMayBeMissing = true;
            case "ServerSideApply=true",
                    "Prune=true",
                    "Delete=true",
                    "Replace=false",
                    "Force=false",
                    "PruneLast=false",
                    "Validate=true",
                    "SkipDryRunOnMissingResource=false",
                    "ClientSideApplyMigration=true" -> {
                // That is what is done anyway.
            }
            case "ServerSideApply=false", "ClientSideApplyMigration=false" ->
                complaints.accept(Complaint.warning(
                        SYNC_OPTIONS,
                        option + " is not done here: every object is applied by server-side apply, and what was applied"
                                + " on the client's side before is taken over",
                        "take the option away, or leave it to Argo CD"));
            default ->
                complaints.accept(Complaint.warning(
                        SYNC_OPTIONS,
                        "unknown sync option " + option + " has no effect",
                        "on an object these have one: Prune, Delete, Replace, Force, ServerSideApply, PruneLast, Validate,"
                                + " SkipDryRunOnMissingResource"));
        }
    }

    private void compareOption(String option) {
        switch (option) {
            case "IgnoreExtraneous", "IgnoreExtraneous=true" -> ignoreExtraneous = true;
            case "ServerSideDiff=true", "IncludeMutationWebhook=true", "IgnoreExtraneous=false" -> {
                // Every object is compared so.
            }
            case "ServerSideDiff=false", "IncludeMutationWebhook=false" ->
                complaints.accept(Complaint.warning(
                        COMPARE_OPTIONS,
                        option + " is not done here: an object is compared with what the server would make of it",
                        "take the option away, or leave it to Argo CD"));
            default ->
                complaints.accept(
                        Complaint.warning(COMPARE_OPTIONS, "unknown compare option " + option + " has no effect", ""));
        }
    }

    private void strategy(String key, String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "override" -> leave(Strategy.OVERRIDE, key + ": " + value);
            case "merge" -> leave(Strategy.MERGE, key + ": " + value);
            case "ifnotpresent" -> leave(Strategy.IF_NOT_PRESENT, key + ": " + value);
            case "ignore" -> leave(Strategy.IGNORE, key + ": " + value);
            default -> unknownValue(key, value, "Override, Merge, IfNotPresent or Ignore");
        }
    }

    private void leave(Strategy asked, String from) {
        if (asked.compareTo(strategy) > 0) {
            strategy = asked;
            strategyFrom = from;
        }
    }

    /** Whether a switch is thrown. */
    private boolean isSwitch(String key, String value, String thrown, String atRest) {
        if (value.equalsIgnoreCase(thrown)) {
            return true;
        }
        if (!value.equalsIgnoreCase(atRest)) {
            unknownValue(key, value, thrown + " or " + atRest);
        }
        return false;
    }

    private void unknownValue(String key, String value, String known) {
        complaints.accept(Complaint.warning(
                key, "\"" + value + "\" is no value of " + key + " and has no effect", "say " + known));
    }
}
