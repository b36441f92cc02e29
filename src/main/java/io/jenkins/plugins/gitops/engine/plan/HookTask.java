package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.annotation.Hook;
import io.jenkins.plugins.gitops.engine.annotation.HookDeletePolicy;
import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.annotation.SyncWave;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Set;

/**
 * A hook in one of its phases.
 *
 * @param target the object that is made, with its name and its mark
 */
public record HookTask(HookPhase phase, Hook hook, Target target) {

    /** On the object of a hook: its phase. It tells a hook from a member of the app, and is how a person finds it. */
    public static final String PHASE_LABEL = "gitops.jenkins.io/hook-phase";

    /** What is lost with data: its object is made again only where the hook itself says so. */
    private static final Set<String> HOLDING_DATA =
            Set.of("PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition");

    public ObjectId id() {
        return target.id();
    }

    public int wave() {
        return SyncWave.of(target.manifest().json()).orElse(0);
    }

    /** Whether an object that is left of an earlier run goes before this one. */
    public boolean isMadeAnew() {
        return hook.deletePolicies().contains(HookDeletePolicy.BEFORE_HOOK_CREATION)
                || !HOLDING_DATA.contains(id().kind());
    }
}
