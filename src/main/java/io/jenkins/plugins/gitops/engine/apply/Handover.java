package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.plan.TakeOver;
import io.jenkins.plugins.gitops.engine.plan.Target;

/** Carries a {@link TakeOver} out, before the apply that rests on it. */
final class Handover {

    private static final int ATTEMPTS = 3;

    private Handover() {}

    /** @param seen the object as it is; {@code null} where there is none */
    static void carryOut(ObjectApi objects, TakeOver takeOver, Target target, ObjectNode seen)
            throws ClusterException, InterruptedException {
        ObjectNode desired = target.manifest().json();
        ObjectNode live = seen;
        for (int attempt = 1; live != null && takeOver.isNeeded(live, desired); attempt++) {
            try {
                objects.jsonPatch(
                        target.resource(), target.id().namespace(), target.id().name(), takeOver.patch(live, desired));
                return;
            } catch (ApiException e) {
                // Somebody was faster; the patch is guarded by the resource version.
                if (attempt == ATTEMPTS || !(e.isConflict() || e.code() == 422)) {
                    throw e;
                }
                live = objects.get(
                                target.resource(),
                                target.id().namespace(),
                                target.id().name())
                        .orElse(null);
            }
        }
    }
}
