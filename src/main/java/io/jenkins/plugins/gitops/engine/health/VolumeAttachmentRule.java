package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** Healthy when the volume is attached to its node. */
final class VolumeAttachmentRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("VolumeAttachment.storage.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (live.isTrue("/status/attached")) {
            return Health.healthy();
        }
        String error = live.text("/status/attachError/message");
        return error.isEmpty()
                ? Health.progressing("waiting for the volume to be attached to node " + live.text("/spec/nodeName"))
                : Health.degraded("cannot be attached; " + error);
    }
}
