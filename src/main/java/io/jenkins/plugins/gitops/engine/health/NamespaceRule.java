package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Healthy when objects may be created in it. */
final class NamespaceRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Namespace");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        String phase = live.text("/status/phase");
        return phase.equals("Active")
                ? Health.healthy()
                : Health.progressing("waiting to become active" + (phase.isEmpty() ? "" : ", phase " + phase));
    }
}
