package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Healthy when the quota controller enforces the declared limits; before, the API server refuses what they cover. */
final class ResourceQuotaRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("ResourceQuota");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        // The API server writes both in the canonical form of a quantity, so equal limits are equal texts.
        return live.at("/spec/hard").equals(live.at("/status/hard"))
                ? Health.healthy()
                : Health.progressing("waiting for the usage to be computed for its limits");
    }
}
