package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves without asking the server that a server-side apply would change nothing: what we own ({@code managedFields}) is
 * exactly what Git declares, and every value is the same in Git and live. It needs no schema, since the server has written
 * into {@code managedFields} how it understood each list.
 *
 * <p>The proof may fail for objects that are in sync (a quantity written differently, a field that the server renamed):
 * then the server is asked. It must never succeed for an object that a re-apply would change, be it in the ownership of a
 * field only.
 *
 * <p>It takes for granted what it cannot see: that the schema (how a list is merged, what a key is by default) and the
 * mutating admission of the cluster are those of the last apply.
 */
final class InSyncProof {

    /** Identity; the server leaves it out of {@code managedFields}. */
    private static final Set<String> UNMANAGED_METADATA = Set.of("name", "namespace");

    private final boolean sameAsLastApplied;

    private InSyncProof(boolean sameAsLastApplied) {
        this.sameAsLastApplied = sameAsLastApplied;
    }

    /**
     * A pure function of its arguments, cheap enough to be asked for every object of a list that streams by.
     *
     * @param desired what Git declares, in the version in which it would be applied
     * @param live the object as the server shows it in the same version, {@code managedFields} included
     * @param manager the field manager that applies
     * @param sameAsLastApplied whether Git declares what was applied last (the inventory's digest tells). A claim on a
     *     whole map or list ({@code f:selector: {}}) is what an atomic one leaves, and an empty one too: only if nothing
     *     has changed in Git a filled one must be atomic. Without that the server is asked about objects with such fields
     * @return whether a re-apply is proven to be a no-op; {@code false} says only that the server must be asked
     */
    static boolean holds(JsonNode desired, JsonNode live, String manager, boolean sameAsLastApplied) {
        String version = desired.path("apiVersion").asText();
        if (!version.equals(live.path("apiVersion").asText())
                || live.path("metadata").has("deletionTimestamp")) {
            return false;
        }
        JsonNode owned = null;
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)
                    && entry.path("operation").asText().equals("Apply")
                    && entry.path("subresource").asText("").isEmpty()) {
                if (owned != null || !version.equals(entry.path("apiVersion").asText())) {
                    return false;
                }
                owned = entry.path("fieldsV1");
            }
        }
        return owned != null && new InSyncProof(sameAsLastApplied).root(owned, desired, live);
    }

    private boolean root(JsonNode owned, JsonNode desired, JsonNode live) {
        int declared = 0;
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            String name = field.getKey();
            if (name.equals("apiVersion") || name.equals("kind")) {
                continue;
            }
            JsonNode fields = owned.get(Segments.field(name));
            if (name.equals("metadata")) {
                if (!metadata(fields, field.getValue(), live.path("metadata"))) {
                    return false;
                }
                declared += fields == null ? 0 : 1;
            } else if (fields == null || !same(fields, field.getValue(), live.get(name))) {
                return false;
            } else {
                declared++;
            }
        }
        return declaresAll(owned, declared);
    }

    private boolean metadata(JsonNode fields, JsonNode desired, JsonNode live) {
        int declared = 0;
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            String name = field.getKey();
            if (UNMANAGED_METADATA.contains(name)
                    || name.equals("creationTimestamp") && field.getValue().isNull()) {
                continue;
            }
            JsonNode below = fields == null ? null : fields.get(Segments.field(name));
            if (below == null || !same(below, field.getValue(), live.get(name))) {
                return false;
            }
            declared++;
        }
        return fields == null || declaresAll(fields, declared);
    }

    /**
     * Whether everything that we own here is still declared; what is not would be removed by a re-apply.
     *
     * @param declared how many fields are declared, of which each was found to be ours
     */
    private static boolean declaresAll(JsonNode fields, int declared) {
        return fields.size() - (fields.has(".") ? 1 : 0) == declared;
    }

    private boolean same(JsonNode fields, JsonNode desired, JsonNode live) {
        if (live == null || desired.isNull() || live.isNull()) {
            return false;
        }
        if (fields.isEmpty()) {
            return (sameAsLastApplied || desired.isEmpty()) && equal(desired, live);
        }
        if (desired.isObject()) {
            return live.isObject() && objects(fields, desired, live);
        }
        return desired.isArray() && live.isArray() && lists(fields, desired, live);
    }

    private boolean objects(JsonNode fields, JsonNode desired, JsonNode live) {
        // A map without a schema is claimed beside its fields. Elsewhere that stems from a take-over that no apply has
        // followed yet, which would change the claim.
        return (sameAsLastApplied || !fields.has(".")) && members(fields, desired, live);
    }

    private boolean members(JsonNode fields, JsonNode desired, JsonNode live) {
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            JsonNode below = fields.get(Segments.field(field.getKey()));
            if (below == null || !same(below, field.getValue(), live.get(field.getKey()))) {
                return false;
            }
        }
        return declaresAll(fields, desired.size());
    }

    /** A keyed list or a set: each of our claims must fit exactly one item here and one there, in the same order. */
    private boolean lists(JsonNode fields, JsonNode desired, JsonNode live) {
        List<int[]> places = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            String segment = field.getKey();
            if (segment.equals(".")) {
                continue;
            }
            boolean set = segment.startsWith("v:");
            if (!set && !segment.startsWith("k:")) {
                return false;
            }
            JsonNode key = Segments.value(segment);
            if (key.isMissingNode()) {
                return false;
            }
            int here = set ? member(desired, key) : item(desired, key, true);
            int there = set ? member(live, key) : item(live, key, false);
            if (here < 0 || there < 0 || !set && !item(field.getValue(), desired.get(here), live.get(there))) {
                return false;
            }
            places.add(new int[] {here, there});
        }
        return places.size() == desired.size() && inOrder(places);
    }

    /** An item of a keyed list; a claim on the item alone covers nothing of what is in it. */
    private boolean item(JsonNode fields, JsonNode desired, JsonNode live) {
        return desired.isObject() && live.isObject() && !fields.isEmpty() && members(fields, desired, live);
    }

    /** Whether each place is used once and both lists have our items in one order. */
    private static boolean inOrder(List<int[]> places) {
        places.sort((one, other) -> Integer.compare(one[0], other[0]));
        Set<Integer> used = new HashSet<>();
        int last = -1;
        for (int[] place : places) {
            if (!used.add(place[0]) || place[1] <= last) {
                return false;
            }
            last = place[1];
        }
        return true;
    }

    /**
     * The one item that the key names; -1 where there is none or where it is not the only one. Of items that leave key
     * fields to the server's defaults the one that names most of them is it: if one that names fewer had the same key, so
     * would that one, and no server takes two.
     *
     * @param defaulted whether a key field may be absent, since the server fills it in
     */
    private static int item(JsonNode list, JsonNode key, boolean defaulted) {
        int found = -1;
        int most = -1;
        for (int i = 0; i < list.size(); i++) {
            int named = named(list.get(i), key);
            if (named < (defaulted ? 0 : key.size())) {
                continue;
            }
            if (named == most) {
                found = -1;
            } else if (named > most) {
                found = i;
                most = named;
            }
        }
        return found;
    }

    /** How many fields of the key the item has; -1 where one of them is another. */
    private static int named(JsonNode item, JsonNode key) {
        int named = 0;
        for (Map.Entry<String, JsonNode> field : key.properties()) {
            JsonNode value = item.get(field.getKey());
            if (value != null) {
                if (!equal(field.getValue(), value)) {
                    return -1;
                }
                named++;
            }
        }
        return named;
    }

    private static int member(JsonNode list, JsonNode wanted) {
        int found = -1;
        for (int i = 0; i < list.size(); i++) {
            if (equal(list.get(i), wanted)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    /** Equal in every part; numbers by value, and a {@code null} equals nothing, since the server may drop it. */
    private static boolean equal(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isNull() || one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return false;
        }
        if (one.isObject()) {
            for (Map.Entry<String, JsonNode> field : one.properties()) {
                JsonNode counterpart = other.get(field.getKey());
                if (counterpart == null || !equal(field.getValue(), counterpart)) {
                    return false;
                }
            }
            return true;
        }
        if (one.isArray()) {
            for (int i = 0; i < one.size(); i++) {
                if (!equal(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
