package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields that Git does not declare and that a person added by hand. A re-apply leaves them alone, since another manager
 * owns them; {@code managedFields} tells that they are there. What a controller owns (a scaled replica count, an injected
 * sidecar) and what the server filled in is no addition.
 */
final class Additions {

    /** The field managers of tools that people use; what an unknown program owns is taken for a controller's. */
    private static final Pattern BY_HAND =
            Pattern.compile("kubectl|kubectl-.*|oc|oc-.*|k9s|lens|Lens|Freelens|Mozilla|node-fetch|dashboard");

    private final ObjectNode live;
    private final JsonNode desired;
    private final Map<FieldPath, FieldOwners.Owner> found = new LinkedHashMap<>();

    private Additions(ObjectNode live, JsonNode desired) {
        this.live = live;
        this.desired = desired;
    }

    /**
     * @param live the object as it is
     * @param desired what Git declares
     * @param claim what we own after an apply: the server's own word for what is declared, with the keys of list items that
     *     Git leaves to their defaults
     */
    static Additions of(ObjectNode live, JsonNode desired, FieldOwners owners, JsonNode claim) {
        Additions additions = new Additions(live, Secrets.isSecret(live) ? Secrets.asStored(desired) : desired);
        for (FieldOwners.Owner owner : owners.all()) {
            if (!owner.isOurs() && !owner.subresource().equals("status") && isByHand(owner.manager())) {
                additions.collect(FieldPath.ROOT, owner.fields(), claim, owner);
            }
        }
        return additions;
    }

    static boolean isByHand(String manager) {
        return BY_HAND.matcher(manager).matches();
    }

    private void collect(FieldPath path, JsonNode fields, JsonNode claim, FieldOwners.Owner owner) {
        fields.properties().forEach(field -> {
            String segment = field.getKey();
            if (segment.equals(".") || isKey(path, segment)) {
                return;
            }
            FieldPath below = path.plus(segment);
            JsonNode claimed = claim.path(segment);
            boolean declared = !claimed.isMissingNode() || Values.at(desired, below) != null;
            // An item of a list goes as a whole; a map may hold what others put into it.
            boolean whole = field.getValue().isEmpty()
                    || segment.startsWith("k:") && field.getValue().has(".") && !declared;
            if (!whole) {
                collect(below, field.getValue(), claimed, owner);
            } else if (!declared && Values.at(live, below) != null && isMeant(below)) {
                found.putIfAbsent(below, owner);
            }
        });
    }

    /** The key of a list item may be one that Git leaves to its default; it goes with the item or stays with it. */
    private static boolean isKey(FieldPath path, String segment) {
        return path.isItem() && Values.keyNames(path.last()).contains(segment.substring(2));
    }

    /** {@code kubectl}'s own bookkeeping is nothing that a person meant. */
    private static boolean isMeant(FieldPath path) {
        return !path.last().equals("f:kubectl.kubernetes.io/last-applied-configuration")
                && !path.last().equals("f:kubectl.kubernetes.io/restartedAt");
    }

    /** A field that was set without leaving an owner. */
    void add(FieldPath path) {
        found.put(path, new FieldOwners.Owner(null, "", "", null, JsonNodeFactory.instance.objectNode()));
    }

    boolean has(FieldPath path) {
        return found.containsKey(path);
    }

    void remove(FieldPath path) {
        found.remove(path);
    }

    List<FieldChange> fields() {
        boolean secret = Secrets.isSecret(live);
        List<FieldChange> fields = new ArrayList<>();
        found.forEach((path, owner) -> {
            FieldDiff.Difference difference = new FieldDiff.Difference(path, Values.at(live, path), null);
            JsonNode value = (secret ? Secrets.masked(difference) : difference).live();
            fields.add(new FieldChange(path.toString(), value, null, Cause.DRIFT, owner.manager(), owner.time()));
        });
        return fields;
    }

    /** A JSON patch that removes them, and fails if one of them has changed since. */
    ArrayNode removal() {
        return removal(live, found.keySet());
    }

    static ArrayNode removal(ObjectNode live, Set<FieldPath> fields) {
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        // From the back, so that the index of an item does not move before it is removed.
        List<FieldPath> paths = new ArrayList<>(fields);
        paths.sort((one, other) -> Values.order(live, other, one));
        for (FieldPath path : paths) {
            String pointer = Values.pointer(live, path);
            operations.addObject().put("op", "test").put("path", pointer).set("value", Values.at(live, path));
            operations.addObject().put("op", "remove").put("path", pointer);
        }
        return operations;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }
}
