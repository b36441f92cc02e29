package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Whether the items of lists stand in the cluster in the order in which Git declares them. Whoever exchanges two items
 * leaves no trace in {@code managedFields}, and an apply exchanges them back.
 */
final class ListOrder {

    private ListOrder() {}

    /** @return {@code false} where it cannot be told, too */
    static boolean isKept(JsonNode desired, JsonNode live) {
        if (desired.equals(live)) {
            return true;
        }
        if (desired.isObject()) {
            for (Map.Entry<String, JsonNode> field : desired.properties()) {
                JsonNode below = field.getValue();
                if (below.isContainerNode() && !below.isEmpty() && !isKept(below, live.path(field.getKey()))) {
                    return false;
                }
            }
            return live.isObject();
        }
        if (!desired.isArray() || !live.isArray()) {
            return !desired.isContainerNode();
        }
        int last = -1;
        for (JsonNode item : desired) {
            int at = only(item, live);
            if (at <= last || !isKept(item, live.get(at))) {
                return false;
            }
            last = at;
        }
        return true;
    }

    /** The index of the only item that fits; -1 where none does, or more than one. */
    private static int only(JsonNode wanted, JsonNode list) {
        int found = -1;
        for (int i = 0; i < list.size(); i++) {
            if (fits(wanted, list.get(i))) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    /** Whether whatever is a single value in one is the same in the other, which may have defaults besides. */
    private static boolean fits(JsonNode wanted, JsonNode item) {
        if (!wanted.isObject()) {
            return wanted.equals(item);
        }
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull() && !value.equals(item.get(field.getKey()))) {
                return false;
            }
        }
        return item.isObject();
    }
}
