package io.jenkins.plugins.gitops.engine.health;

import java.util.Optional;
import java.util.Set;

/** A node works once its kubelet says so. */
final class NodeRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Node");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Optional<Condition> ready = live.conditions().find("Ready");
        if (ready.isEmpty()) {
            return Health.progressing("waiting for its kubelet to report");
        }
        return ready.get().isTrue()
                ? Health.healthy()
                : Health.degraded(ready.get().explain("not ready"));
    }
}
