package io.jenkins.plugins.gitops.engine.health;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Healthy when its certificate is issued. */
final class CertificateSigningRequestRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("CertificateSigningRequest.certificates.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Conditions conditions = live.conditions();
        Optional<Condition> refused = conditions.firstTrue(List.of("Denied", "Failed"));
        if (refused.isPresent()) {
            return Health.failed(refused.get().explain(refused.get().type().toLowerCase(Locale.ROOT)));
        }
        if (!live.text("/status/certificate").isEmpty()) {
            return Health.healthy();
        }
        return Health.progressing(
                conditions.ifTrue("Approved").isPresent()
                        ? "approved; waiting for signer " + live.text("/spec/signerName")
                        : "waiting for its approval");
    }
}
