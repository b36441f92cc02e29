package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Fields that Git does not declare and that a person added by hand. A re-apply leaves them alone, since another manager
 * owns them; {@code managedFields} tells that they are there. What a controller owns (a scaled replica count, an injected
 * sidecar, a default of the server) is no addition.
 */
final class Additions {

    /** The field managers of tools that people use; what an unknown program owns is taken for a controller's. */
    private static final Pattern BY_HAND =
            Pattern.compile("kubectl|kubectl-.*|oc|oc-.*|k9s|lens|Lens|Mozilla|node-fetch|dashboard|Freelens");

    private Additions() {}

    static boolean isByHand(String manager) {
        return BY_HAND.matcher(manager).matches();
    }

    /**
     * @param live the object as it is
     * @param desired what Git declares
     */
    static List<FieldChange> find(ObjectNode live, ObjectNode desired, FieldOwners owners) {
        List<FieldChange> additions = new ArrayList<>();
        for (FieldOwners.Owner owner : owners.all()) {
            if (owner.isOurs() || owner.subresource().equals("status") || !isByHand(owner.manager())) {
                continue;
            }
            FieldOwners.leaves(owner, live, (path, value) -> {
                if (value != null && !isDeclared(path, desired) && isNoted(path)) {
                    var masked = Secrets.isSecret(live)
                            ? Secrets.masked(new FieldDiff.Difference(path, value, null))
                            : new FieldDiff.Difference(path, value, null);
                    additions.add(new FieldChange(
                            path.toString(), masked.live(), null, Cause.DRIFT, owner.manager(), owner.time()));
                }
            });
        }
        return additions;
    }

    private static boolean isDeclared(FieldPath path, JsonNode desired) {
        return Values.at(desired, path) != null;
    }

    /** {@code kubectl}'s own bookkeeping of a client-side apply is nothing that a person meant. */
    private static boolean isNoted(FieldPath path) {
        return !path.last().equals("f:kubectl.kubernetes.io/last-applied-configuration")
                && !path.last().equals("f:kubectl.kubernetes.io/restartedAt");
    }
}
