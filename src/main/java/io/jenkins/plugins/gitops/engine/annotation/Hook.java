package io.jenkins.plugins.gitops.engine.annotation;

import static io.jenkins.plugins.gitops.engine.annotation.Annotations.ARGO;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.HELM;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.OURS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An object that is run at a certain moment of a sync rather than kept as a part of the app.
 *
 * @param phases when it runs; empty for what a sync never runs, such as {@code Skip} and Helm's tests
 * @param deletePolicies when its object goes; as written, so empty for the default, which is before the next run
 */
public record Hook(Set<HookPhase> phases, Set<HookDeletePolicy> deletePolicies) {

    public Hook {
        phases = Set.copyOf(phases);
        deletePolicies = Set.copyOf(deletePolicies);
    }

    /** The hook that an object is; empty where it is none. */
    public static Optional<Hook> of(JsonNode object) {
        return of(Annotations.of(object), complaint -> {});
    }

    static Optional<Hook> of(JsonNode annotations, Consumer<Complaint> complaints) {
        if (annotations.isEmpty()) {
            return Optional.empty();
        }
        for (String prefix : List.of(OURS, ARGO, HELM)) {
            String types = Annotations.value(annotations, prefix + "hook");
            if (types != null) {
                return read(prefix, types, annotations, complaints);
            }
        }
        return Optional.empty();
    }

    private static Optional<Hook> read(
            String prefix, String types, JsonNode annotations, Consumer<Complaint> complaints) {
        Set<HookPhase> phases = EnumSet.noneOf(HookPhase.class);
        boolean known = false;
        for (String type : Annotations.list(types)) {
            if (type.equalsIgnoreCase("crd-install") && prefix.equals(HELM)) {
                // A CRD is applied before everything else anyway.
                return Optional.empty();
            }
            boolean understood = prefix.equals(HELM) ? helm(type, phases) : argo(type, phases);
            known |= understood;
            if (!understood) {
                complaints.accept(Complaint.warning(
                        prefix + "hook",
                        "\"" + type + "\" is no hook that is known here; it is never run",
                        prefix.equals(HELM)
                                ? ""
                                : "say PreSync, Sync, PostSync, SyncFail, Skip, PreDelete or PostDelete"));
            }
        }
        if (!known && Annotations.list(types).isEmpty()) {
            complaints.accept(Complaint.warning(prefix + "hook", "the hook names no phase; it is never run", ""));
        }
        return Optional.of(new Hook(phases, policies(prefix, annotations, complaints)));
    }

    private static boolean argo(String type, Set<HookPhase> phases) {
        if (type.equalsIgnoreCase("Skip")) {
            return true;
        }
        for (HookPhase phase : HookPhase.values()) {
            if (phase.title().equalsIgnoreCase(type)) {
                phases.add(phase);
                return true;
            }
        }
        return false;
    }

    /** As Argo CD maps them; tests and rollbacks have no place in a sync. */
    private static boolean helm(String type, Set<HookPhase> phases) {
        switch (type.toLowerCase(Locale.ROOT)) {
            case "pre-install", "pre-upgrade" -> phases.add(HookPhase.PRE_SYNC);
            case "post-install", "post-upgrade" -> phases.add(HookPhase.POST_SYNC);
            case "pre-delete" -> phases.add(HookPhase.PRE_DELETE);
            case "post-delete" -> phases.add(HookPhase.POST_DELETE);
            case "test", "test-success", "test-failure", "pre-rollback", "post-rollback" -> {
                // Known, and never run by a sync.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Set<HookDeletePolicy> policies(String prefix, JsonNode annotations, Consumer<Complaint> complaints) {
        Set<HookDeletePolicy> policies = EnumSet.noneOf(HookDeletePolicy.class);
        String key = prefix + "hook-delete-policy";
        for (String policy : Annotations.list(Annotations.value(annotations, key))) {
            switch (policy.toLowerCase(Locale.ROOT).replace("-", "")) {
                case "hooksucceeded" -> policies.add(HookDeletePolicy.HOOK_SUCCEEDED);
                case "hookfailed" -> policies.add(HookDeletePolicy.HOOK_FAILED);
                case "beforehookcreation" -> policies.add(HookDeletePolicy.BEFORE_HOOK_CREATION);
                default ->
                    complaints.accept(Complaint.warning(
                            key,
                            "\"" + policy + "\" is no hook delete policy and has no effect",
                            "say HookSucceeded, HookFailed or BeforeHookCreation"));
            }
        }
        return policies;
    }
}
