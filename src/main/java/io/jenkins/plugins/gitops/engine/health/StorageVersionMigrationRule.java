package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** Healthy when every object has been written again. */
final class StorageVersionMigrationRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("StorageVersionMigration.storagemigration.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Conditions conditions = live.conditions();
        Optional<Condition> failed = conditions.ifTrue("Failed");
        if (failed.isPresent()) {
            return Health.failed(failed.get().explain("failed"));
        }
        return conditions.ifTrue("Succeeded").isPresent()
                ? Health.healthy()
                : Health.progressing(conditions.ifTrue("Running").isPresent() ? "running" : "waiting to be started");
    }
}
