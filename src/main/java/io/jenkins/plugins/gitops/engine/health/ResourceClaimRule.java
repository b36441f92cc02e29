package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Devices are allocated when a pod that uses the claim is scheduled; until then there is nothing to wait for. */
final class ResourceClaimRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("ResourceClaim.resource.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        return live.at("/status/allocation").isObject()
                ? Health.healthy()
                : Health.healthy("not allocated; it waits for the first pod that uses it");
    }
}
