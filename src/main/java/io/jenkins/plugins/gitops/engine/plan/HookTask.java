package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.annotation.Hook;
import io.jenkins.plugins.gitops.engine.annotation.HookDeletePolicy;
import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.annotation.SyncWave;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;

/**
 * A hook in one of its phases.
 *
 * @param target the object that is made, with its name and its mark
 */
public record HookTask(HookPhase phase, Hook hook, Target target) {

    /** On the object of a hook: its phase. It tells a hook from a member of the app, and is how a person finds it. */
    public static final String PHASE_LABEL = "gitops.jenkins.io/hook-phase";

    public ObjectId id() {
        return target.id();
    }

    public int wave() {
        return SyncWave.of(target.manifest().json()).orElse(0);
    }

    /** Whether an object that is left of an earlier run goes before this one; one with data only where the hook says so. */
    public boolean isMadeAnew() {
        return hook.deletePolicies().contains(HookDeletePolicy.BEFORE_HOOK_CREATION) || !DataHolders.include(id());
    }
}
