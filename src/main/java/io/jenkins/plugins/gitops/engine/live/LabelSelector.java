package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which pods a workload looks after: {@code matchLabels} and {@code matchExpressions}, or the plain map of labels of a
 * ReplicationController.
 */
final class LabelSelector {

    /** One condition on a label. */
    private record Requirement(String key, String operator, Set<String> values) {

        boolean matches(JsonNode labels) {
            JsonNode value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value.asText());
                case "NotIn" -> value == null || !values.contains(value.asText());
                case "Exists" -> value != null;
                default -> value == null;
            };
        }

        String query() {
            return switch (operator) {
                case "In" -> values.size() == 1 ? key + "=" + values.iterator().next() : key + " in " + list();
                case "NotIn" -> key + " notin " + list();
                case "Exists" -> key;
                default -> "!" + key;
            };
        }

        private String list() {
            return "(" + String.join(",", values) + ")";
        }
    }

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    /** The selector of a workload; empty, so that it matches nothing, where it has none. */
    static LabelSelector of(JsonNode workload) {
        JsonNode selector = workload.path("spec").path("selector");
        List<Requirement> requirements = new ArrayList<>();
        boolean plain = !selector.path("matchLabels").isObject()
                && !selector.path("matchExpressions").isArray();
        (plain ? selector : selector.path("matchLabels")).properties().forEach(label -> {
            if (label.getValue().isTextual()) {
                requirements.add(new Requirement(
                        label.getKey(), "In", Set.of(label.getValue().asText())));
            }
        });
        for (JsonNode expression : selector.path("matchExpressions")) {
            Set<String> values = new TreeSet<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            requirements.add(new Requirement(
                    expression.path("key").asText(), expression.path("operator").asText(), values));
        }
        return new LabelSelector(requirements);
    }

    /** Whether an object looks after pods: it selects some and says how they are made. */
    static boolean isWorkload(JsonNode object) {
        return object.path("spec")
                        .path("template")
                        .path("spec")
                        .path("containers")
                        .isArray()
                && !of(object).isEmpty();
    }

    boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** @param object with {@code metadata.labels} */
    boolean matches(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return !isEmpty() && requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    /** As a query of the API writes it. */
    String query() {
        StringJoiner joined = new StringJoiner(",");
        requirements.forEach(requirement -> joined.add(requirement.query()));
        return joined.toString();
    }

    /**
     * A query that finds at least what each of these selectors finds: the keys that all of them name, with the values
     * that any of them accepts.
     *
     * @return {@code null} where they have no key in common
     */
    static String union(Collection<LabelSelector> selectors) {
        Map<String, Set<String>> common = null;
        for (LabelSelector selector : selectors) {
            Map<String, Set<String>> accepted = new TreeMap<>();
            selector.requirements.stream()
                    .filter(requirement -> requirement.operator().equals("In"))
                    .forEach(requirement -> accepted.put(requirement.key(), requirement.values()));
            common = common == null ? accepted : merged(common, accepted);
        }
        if (common == null || common.isEmpty()) {
            return null;
        }
        StringJoiner joined = new StringJoiner(",");
        common.forEach((key, values) -> joined.add(new Requirement(key, "In", values).query()));
        // A long one would no longer fit into a URL; all the pods of the namespace are the lesser evil.
        return joined.length() > LONGEST_QUERY ? null : joined.toString();
    }

    private static final int LONGEST_QUERY = 4_000;

    private static Map<String, Set<String>> merged(Map<String, Set<String>> one, Map<String, Set<String>> other) {
        Map<String, Set<String>> merged = new TreeMap<>();
        one.forEach((key, values) -> {
            if (other.containsKey(key)) {
                Set<String> all = new TreeSet<>(values);
                all.addAll(other.get(key));
                merged.put(key, all);
            }
        });
        return merged;
    }
}
