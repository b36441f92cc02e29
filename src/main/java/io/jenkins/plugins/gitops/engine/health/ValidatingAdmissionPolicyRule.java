package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** In force once it exists. The type checker's warnings, which do not stop it from being enforced, are told. */
final class ValidatingAdmissionPolicyRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("ValidatingAdmissionPolicy.admissionregistration.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isObserved(live)) {
            return Generations.waiting(live);
        }
        JsonNode warnings = live.at("/status/typeChecking/expressionWarnings");
        if (warnings.isEmpty()) {
            return Health.healthy();
        }
        JsonNode first = warnings.path(0);
        String more = warnings.size() == 1 ? "" : " (and " + (warnings.size() - 1) + " more)";
        return Health.healthy("type checking warns of " + first.path("fieldRef").asText("") + more + ": "
                + first.path("warning").asText(""));
    }
}
