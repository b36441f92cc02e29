package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Available, bound or released; a released one is what a reclaim policy of Retain leaves. */
final class PersistentVolumeRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("PersistentVolume");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        String phase = live.text("/status/phase");
        return switch (phase) {
            case "Available", "Bound" -> Health.healthy();
            case "Released" -> Health.healthy("released: its claim is gone and it binds to no other");
            case "Failed" -> Health.degraded("could not be reclaimed; " + live.text("/status/message"));
            default -> Health.progressing("waiting to become available");
        };
    }
}
