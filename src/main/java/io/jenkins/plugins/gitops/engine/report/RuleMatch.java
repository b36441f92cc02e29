package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.IgnoredField;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule that kept differences out of a report.
 *
 * @param rule what it says, on one line
 * @param source where it is written; {@code null} where that is not known
 * @param fields the fields that differ and do not count, each with its object: {@code Deployment/shop/web spec.replicas}
 * @param objects how many objects they belong to
 */
public record RuleMatch(String rule, SourceLocation source, List<String> fields, int objects) {

    /** How many fields are named where there is no room for all. */
    private static final int NAMED = 5;

    /** A rule, by what it says and where. */
    private record Key(String rule, SourceLocation source) {}

    /** Those that matched, in the order of the objects. */
    public static List<RuleMatch> of(Report report) {
        Map<Key, List<String>> fields = new LinkedHashMap<>();
        Map<Key, Integer> objects = new LinkedHashMap<>();
        for (ObjectReport object : report.objects()) {
            List<Key> seen = new ArrayList<>();
            for (IgnoredField field : object.ignored()) {
                Key key = new Key(field.rule(), field.source());
                fields.computeIfAbsent(key, rule -> new ArrayList<>()).add(object.id() + " " + field.path());
                if (!seen.contains(key)) {
                    seen.add(key);
                    objects.merge(key, 1, Integer::sum);
                }
            }
        }
        List<RuleMatch> matches = new ArrayList<>();
        fields.forEach((key, paths) ->
                matches.add(new RuleMatch(key.rule(), key.source(), List.copyOf(paths), objects.get(key))));
        return matches;
    }

    /** {@code 3 fields of 2 objects: Deployment/shop/web spec.replicas, ...}. */
    public String summary() {
        String named = String.join(", ", fields.subList(0, Math.min(NAMED, fields.size())));
        return Words.plural(fields.size(), "field") + " of " + Words.plural(objects, "object") + ": " + named
                + (fields.size() > NAMED ? ", ..." : "");
    }

    /** Where it is written; empty where that is not known. */
    public String where() {
        return source == null ? "" : source.toString();
    }
}
