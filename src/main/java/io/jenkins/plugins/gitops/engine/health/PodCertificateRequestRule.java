package io.jenkins.plugins.gitops.engine.health;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Healthy when the certificate is issued. */
final class PodCertificateRequestRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("PodCertificateRequest.certificates.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        Conditions conditions = live.conditions();
        Optional<Condition> refused = conditions.firstTrue(List.of("Denied", "Failed"));
        if (refused.isPresent()) {
            return Health.failed(refused.get().explain(refused.get().type().toLowerCase(Locale.ROOT)));
        }
        return conditions.ifTrue("Issued").isPresent()
                ? Health.healthy()
                : Health.progressing("waiting for the signer " + live.text("/spec/signerName"));
    }
}
