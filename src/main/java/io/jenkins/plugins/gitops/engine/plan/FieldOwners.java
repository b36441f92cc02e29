package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Who set which field of a live object, and when: read from {@code metadata.managedFields}. */
final class FieldOwners {

    /**
     * One manager's claim.
     *
     * @param manager such as {@code kubectl-edit}; {@code null} where the server keeps no record
     * @param operation {@code Apply} or {@code Update}
     * @param subresource {@code ""} for the object itself, else such as {@code scale} or {@code status}
     * @param time when the claim was last changed; {@code null} where the server does not say
     * @param fields {@code fieldsV1}
     */
    record Owner(String manager, String operation, String subresource, Instant time, JsonNode fields) {

        boolean isOurs() {
            return ObjectApi.FIELD_MANAGER.equals(manager) && operation.equals("Apply") && subresource.isEmpty();
        }

        boolean owns(FieldPath path) {
            JsonNode at = fields;
            for (String segment : path.segments()) {
                JsonNode below = at.get(segment);
                if (below == null) {
                    return false;
                }
                if (below.isEmpty()) {
                    // A leaf covers the whole value below it.
                    return true;
                }
                at = below;
            }
            return true;
        }
    }

    private final List<Owner> owners = new ArrayList<>();

    private FieldOwners() {}

    static FieldOwners of(ObjectNode live) {
        FieldOwners result = new FieldOwners();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            result.owners.add(new Owner(
                    entry.path("manager").asText(""),
                    entry.path("operation").asText(""),
                    entry.path("subresource").asText(""),
                    time(entry.path("time").asText("")),
                    entry.path("fieldsV1")));
        }
        return result;
    }

    private static Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    List<Owner> all() {
        return owners;
    }

    /** Our own claim as an applier; {@code null} where we have none. */
    Owner ours() {
        return owners.stream().filter(Owner::isOurs).findFirst().orElse(null);
    }

    /** The manager other than us that last claimed a field; {@code null} where there is none. */
    Owner foreignOwner(FieldPath path) {
        Owner latest = null;
        for (Owner owner : owners) {
            if (!owner.isOurs() && owner.owns(path) && (latest == null || isAfter(owner, latest))) {
                latest = owner;
            }
        }
        return latest;
    }

    private static boolean isAfter(Owner one, Owner other) {
        return one.time() != null && (other.time() == null || one.time().isAfter(other.time()));
    }
}
