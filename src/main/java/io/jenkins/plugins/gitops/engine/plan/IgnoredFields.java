package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRule;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.ignore.JsonPath;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rules make of one object. An ignored field of a live object stays as it is: where it is ours, it is applied with
 * its live value, which changes nothing; where it is not, it is left out, so that whoever owns it goes on owning it alone.
 * An object that does not exist yet gets everything that Git declares.
 */
final class IgnoredFields {

    /** A rule that cannot be worked out on an object. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Failure(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private final Target target;
    private final Map<FieldPath, IgnoreRule> paths = new LinkedHashMap<>();
    private final Map<String, IgnoreRule> managers = new LinkedHashMap<>();
    private final List<IgnoredField> fields = new ArrayList<>();

    private IgnoredFields(List<IgnoreRule> rules, Target declared, ObjectNode live) {
        if (rules.isEmpty() || live == null) {
            target = declared;
            return;
        }
        FieldOwners owners = FieldOwners.of(live);
        ObjectNode object = declared.manifest().json();
        FieldTree tree = FieldTree.of(live);
        for (IgnoreRule rule : rules) {
            select(rule, declared, object, tree, live);
            select(rule, declared, live, tree, live);
            rule.managers().forEach(manager -> managers.putIfAbsent(manager, rule));
            for (FieldOwners.Owner owner : owners.all()) {
                if (!owner.isOurs() && rule.managers().contains(owner.manager())) {
                    leaves(FieldPath.ROOT, owner.fields(), rule);
                }
            }
        }
        ObjectNode effective = object.deepCopy();
        paths.forEach((path, rule) -> {
            if (differs(Values.at(object, path), Values.at(live, path))) {
                fields.add(new IgnoredField(path.toString(), rule.toString(), rule.source()));
            }
            keep(effective, path, live, owners);
        });
        restoreIdentity(effective, object);
        target = !effective.equals(object) ? declared.with(declared.manifest().with(effective)) : declared;
    }

    /** @param live the object as it is; {@code null} where there is none, or none was looked at yet */
    static IgnoredFields of(IgnoreRules rules, Target declared, ObjectNode live) {
        return new IgnoredFields(rules.of(declared.manifest()), declared, live);
    }

    private void select(IgnoreRule rule, Target declared, JsonNode object, FieldTree tree, JsonNode live) {
        try {
            for (JsonPath path : rule.paths(object)) {
                paths.putIfAbsent(FieldPath.of(path, object, tree, live), rule);
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(Problem.error(rule.source(), declared.id() + ": " + e.getMessage(), ""));
        }
    }

    private void leaves(FieldPath path, JsonNode claim, IgnoreRule rule) {
        claim.properties().forEach(field -> {
            String segment = field.getKey();
            boolean key = path.isItem()
                    && segment.startsWith("f:")
                    && Values.keyNames(path.last()).contains(segment.substring(2));
            if (segment.equals(".") || key) {
                return;
            }
            if (field.getValue().isEmpty()) {
                paths.putIfAbsent(path.plus(segment), rule);
            } else {
                leaves(path.plus(segment), field.getValue(), rule);
            }
        });
    }

    private static void keep(ObjectNode effective, FieldPath path, ObjectNode live, FieldOwners owners) {
        JsonNode value = Values.at(live, path);
        JsonNode claim =
                value == null || owners.ours() == null ? null : owners.ours().below(path);
        if (claim == null) {
            Edits.remove(effective, path);
        } else {
            Edits.set(effective, path, Edits.covered(value, claim));
        }
    }

    /** Which object it is, and that it is the app's, is nothing to ignore. */
    private static void restoreIdentity(ObjectNode effective, ObjectNode declared) {
        effective.set("apiVersion", declared.get("apiVersion"));
        effective.set("kind", declared.get("kind"));
        ObjectNode metadata = effective.withObjectProperty("metadata");
        for (String field : List.of("name", "namespace")) {
            if (declared.path("metadata").has(field)) {
                metadata.set(field, declared.path("metadata").get(field));
            }
        }
        JsonNode mark = declared.path("metadata").path("labels").path(ApplySet.PART_OF_LABEL);
        if (mark.isTextual()) {
            metadata.withObjectProperty("labels").set(ApplySet.PART_OF_LABEL, mark);
        }
    }

    /** Whether the live value is not what Git declares; what Git does not declare is {@link Additions}' business. */
    private static boolean differs(JsonNode declared, JsonNode live) {
        if (declared == null || live == null) {
            return declared != live && declared != null;
        }
        if (declared.isObject() && live.isObject()) {
            return declared.properties().stream()
                    .anyMatch(field -> differs(field.getValue(), live.get(field.getKey())));
        }
        if (declared.isArray() && live.isArray() && declared.size() == live.size()) {
            for (int i = 0; i < declared.size(); i++) {
                if (differs(declared.get(i), live.get(i))) {
                    return true;
                }
            }
            return false;
        }
        return declared.isNumber() && live.isNumber()
                ? declared.decimalValue().compareTo(live.decimalValue()) != 0
                : !declared.equals(live);
    }

    /** What is applied. */
    Target target() {
        return target;
    }

    /** The differences that do not count, so far. */
    List<IgnoredField> fields() {
        return fields;
    }

    /** Whether a field that somebody added is ignored; then it is one of {@link #fields()} from now on. */
    boolean takes(FieldPath path, String manager) {
        IgnoreRule rule = managers.get(manager);
        for (Map.Entry<FieldPath, IgnoreRule> ignored : paths.entrySet()) {
            if (rule == null && ignored.getKey().covers(path)) {
                rule = ignored.getValue();
            }
        }
        boolean known = fields.stream().anyMatch(field -> field.path().equals(path.toString()));
        if (rule != null && !known) {
            fields.add(new IgnoredField(path.toString(), rule.toString(), rule.source()));
        }
        return rule != null;
    }
}
