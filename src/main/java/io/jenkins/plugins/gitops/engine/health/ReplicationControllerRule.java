package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** As a ReplicaSet, whose older brother it is. */
final class ReplicationControllerRule implements HealthRule {

    private static final ReplicaSetRule COUNTS = new ReplicaSetRule();

    @Override
    public Set<String> groupKinds() {
        return Set.of("ReplicationController");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        return COUNTS.assess(live, context);
    }
}
