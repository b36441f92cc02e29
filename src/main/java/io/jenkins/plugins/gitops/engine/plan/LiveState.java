package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Digests;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells from an object's metadata alone whether somebody has laid hands on it: a digest of its uid, of what we own, and of
 * what people and other appliers own. The server takes a field from us as soon as another manager changes its value, so
 * while this digest stays, every field that we own still has the value that we applied. What controllers own, what is
 * owned through the status, and times are left out: they change by themselves.
 */
public final class LiveState {

    private LiveState() {}

    /**
     * @param object with {@code metadata.managedFields}, in any version; the rest of it is not looked at
     * @return 16 hexadecimal digits
     */
    public static String of(ObjectNode object) {
        return of(object, FieldOwners.of(object));
    }

    static String of(ObjectNode object, FieldOwners owners) {
        List<String> claims = new ArrayList<>();
        for (FieldOwners.Owner owner : owners.all()) {
            if (owner.isOurs() || isForeign(owner, owners)) {
                claims.add(owner.manager()
                        + '\n'
                        + owner.operation()
                        + '\n'
                        + owner.subresource()
                        + '\n'
                        + Digests.canonicalText(owner.fields()));
            }
        }
        // The server orders them by time.
        claims.sort(null);
        return Digests.of(object.path("metadata").path("uid").asText() + '\n' + String.join("\n", claims));
    }

    /** Whether fields that Git does not declare are somebody's doing, and no controller's business. */
    static boolean isForeign(FieldOwners.Owner owner, FieldOwners owners) {
        return !owner.isOurs() && !owner.subresource().equals("status") && !FieldManagers.isController(owner, owners);
    }
}
