package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** A Workflow of Argo Workflows: healthy when it succeeded. */
final class WorkflowRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Workflow.argoproj.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        String phase = live.text("/status/phase");
        String message = live.text("/status/message");
        return switch (phase) {
            case "Succeeded" -> Health.healthy(message);
            case "Failed", "Error" -> Health.failed(phase + (message.isEmpty() ? "" : ": " + message));
            case "", "Pending", "Running" ->
                Health.progressing("waiting for its completion" + (message.isEmpty() ? "" : "; " + message));
            default -> Health.unknown("phase " + phase);
        };
    }
}
