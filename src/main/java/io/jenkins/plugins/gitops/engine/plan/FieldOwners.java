package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who set which field of a live object, and when: read from {@code metadata.managedFields}. */
final class FieldOwners {

    /**
     * One manager's claim.
     *
     * @param manager such as {@code kubectl-edit}; {@code null} where the server keeps no record
     * @param operation {@code Apply} or {@code Update}
     * @param subresource {@code ""} for the object itself, else such as {@code scale} or {@code status}
     * @param written when the claim was last changed, as the server writes it; empty where it does not say
     * @param fields {@code fieldsV1}
     */
    record Owner(String manager, String operation, String subresource, String written, JsonNode fields) {

        /** When the claim was last changed; {@code null} where the server does not say. */
        Instant time() {
            try {
                return written.isEmpty() ? null : Instant.parse(written);
            } catch (DateTimeParseException e) {
                return null;
            }
        }

        boolean isOurs() {
            return ObjectApi.FIELD_MANAGER.equals(manager) && operation.equals("Apply") && subresource.isEmpty();
        }

        /**
         * What another claim has and this one lacks: fields one by one, items of lists as a whole.
         *
         * @param claim {@code fieldsV1}
         */
        List<FieldPath> lacking(JsonNode claim) {
            List<FieldPath> paths = new ArrayList<>();
            lacking(FieldPath.ROOT, claim, fields, paths);
            return paths;
        }

        private static void lacking(FieldPath path, JsonNode claim, JsonNode owned, List<FieldPath> paths) {
            claim.properties().forEach(field -> {
                String segment = field.getKey();
                JsonNode below = owned.path(segment);
                boolean leaf = field.getValue().isEmpty() || !segment.startsWith("f:");
                if (segment.equals(".")) {
                    return;
                }
                if (below.isMissingNode() && leaf) {
                    paths.add(path.plus(segment));
                } else {
                    lacking(path.plus(segment), field.getValue(), below, paths);
                }
            });
        }

        boolean owns(FieldPath path) {
            return below(path) != null;
        }

        /** What is claimed at a path and below it, empty for all of it; {@code null} for nothing. */
        JsonNode below(FieldPath path) {
            JsonNode at = fields;
            for (String segment : path.segments()) {
                at = at.get(segment);
                if (at == null || at.isEmpty()) {
                    // A leaf covers the whole value below it.
                    return at;
                }
            }
            return at;
        }
    }

    private final List<Owner> owners = new ArrayList<>();

    private FieldOwners() {}

    /** The claim that one entry of {@code managedFields} is. */
    static Owner owner(JsonNode entry) {
        return new Owner(
                entry.path("manager").asText(""),
                entry.path("operation").asText(""),
                entry.path("subresource").asText(""),
                entry.path("time").asText(""),
                entry.path("fieldsV1"));
    }

    static FieldOwners of(ObjectNode live) {
        FieldOwners result = new FieldOwners();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            result.owners.add(owner(entry));
        }
        return result;
    }

    List<Owner> all() {
        return owners;
    }

    /** Our own claim as an applier; {@code null} where we have none. */
    Owner ours() {
        return owners.stream().filter(Owner::isOurs).findFirst().orElse(null);
    }

    /** What we own as an applier; empty where that is nothing. */
    JsonNode claim() {
        Owner ours = ours();
        return ours == null ? JsonNodeFactory.instance.objectNode() : ours.fields();
    }

    /** Who made the object, as far as can be told: the earliest who claims something; {@code null} where nobody does. */
    Owner first() {
        Owner first = null;
        for (Owner owner : owners) {
            boolean made = owner.subresource().isEmpty() && !owner.isOurs();
            if (made && (first == null || isAfter(first, owner))) {
                first = owner;
            }
        }
        return first;
    }

    /** Who else applies fields that are ours too; controllers left out. Their fields would outlive their leaving Git. */
    List<String> otherAppliers() {
        Owner ours = ours();
        List<String> names = new ArrayList<>();
        for (Owner owner : owners) {
            boolean applies =
                    owner.operation().equals("Apply") && owner.subresource().isEmpty() && !owner.isOurs();
            if (ours != null
                    && applies
                    && !FieldManagers.isController(owner, this)
                    && shares(owner.fields(), ours.fields())) {
                names.add(owner.manager());
            }
        }
        return names;
    }

    private static boolean shares(JsonNode one, JsonNode other) {
        if (one.isEmpty() || other.isEmpty()) {
            return true;
        }
        for (Map.Entry<String, JsonNode> field : one.properties()) {
            boolean both = !field.getKey().equals(".") && other.has(field.getKey());
            if (both && shares(field.getValue(), other.get(field.getKey()))) {
                return true;
            }
        }
        return false;
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
