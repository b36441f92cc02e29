package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import java.time.Instant;

/**
 * One field in which a live object differs from what a sync would make of it. Values of secrets are masked already.
 *
 * @param path as a person writes it: {@code spec.template.spec.containers[name=web].image}
 * @param live the value in the cluster; {@code null} where the field is absent
 * @param desired the value after a sync; {@code null} where a sync removes the field
 * @param cause drift or pending
 * @param manager the field manager that set the live value, such as {@code kubectl-edit}; {@code null} where unknown
 * @param changedAt when that manager last wrote the object; {@code null} where unknown
 */
public record FieldChange(
        String path, JsonNode live, JsonNode desired, Cause cause, String manager, Instant changedAt) {

    /** With the values masked that are secret by where they stand. */
    public FieldChange masked(ObjectId id) {
        if (!SecretMask.isSecretPath(id, path)) {
            return this;
        }
        boolean both = live != null && desired != null && !ownershipOnly();
        return new FieldChange(
                path,
                SecretMask.mask(id, path, live, both ? SecretMask.BEFORE : SecretMask.MASK),
                SecretMask.mask(id, path, desired, both ? SecretMask.AFTER : SecretMask.MASK),
                cause,
                manager,
                changedAt);
    }

    /** Whether only the ownership of the field changes, not its value: another server-side applier took it over. */
    public boolean ownershipOnly() {
        return live != null && live.equals(desired);
    }
}
