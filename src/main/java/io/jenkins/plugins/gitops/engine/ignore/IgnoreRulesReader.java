package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.SettingsFile;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a file of rules and tells everything that is wrong with it. */
final class IgnoreRulesReader {

    private static final Set<String> LISTS = Set.of("ignoreDifferences", "ignore");
    private static final Set<String> ARGO =
            Set.of("group", "kind", "name", "namespace", "jsonPointers", "jqPathExpressions", "managedFieldsManagers");
    private static final Set<String> FLUX = Set.of("paths", "target");
    private static final Set<String> TARGET =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");

    private final SettingsFile file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<IgnoreRule> rules = new ArrayList<>();

    IgnoreRulesReader(SettingsFile file) {
        this.file = file;
    }

    List<IgnoreRule> read() throws BadInputException {
        ObjectNode root = object(file.json(), "", LISTS);
        if (root != null) {
            each(root, "ignoreDifferences", ARGO, this::argo);
            each(root, "ignore", FLUX, this::flux);
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return rules;
    }

    /** Reads one rule. */
    private interface Reader {
        void read(ObjectNode rule, String at);
    }

    private void each(ObjectNode root, String name, Set<String> keys, Reader reader) {
        JsonNode list = root.get(name);
        if (list == null || list.isNull()) {
            return;
        }
        if (!list.isArray()) {
            problems.add(file.error(name, name + " is no list of rules", ""));
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            String at = name + "[" + i + "]";
            ObjectNode rule = object(list.get(i), at, keys);
            if (rule != null) {
                reader.read(rule, at);
            }
        }
    }

    private void argo(ObjectNode rule, String at) {
        int before = problems.size();
        String kind = text(rule, at, "kind");
        if (kind.isEmpty()) {
            problems.add(file.error(at, "the rule names no kind", "name it, or write kind: \"*\""));
        }
        List<PathSelector> paths = new ArrayList<>();
        paths.addAll(selectors(rule, at, "jsonPointers", JsonPointer::new));
        paths.addAll(selectors(rule, at, "jqPathExpressions", JqPath::new));
        Set<String> managers = new LinkedHashSet<>(texts(rule, at, "managedFieldsManagers"));
        if (paths.isEmpty() && managers.isEmpty() && problems.size() == before) {
            problems.add(file.error(
                    at, "the rule ignores nothing", "add jsonPointers, jqPathExpressions or managedFieldsManagers"));
        }
        ObjectSelector selector =
                ObjectSelector.argo(text(rule, at, "group"), kind, text(rule, at, "namespace"), text(rule, at, "name"));
        rules.add(new IgnoreRule(selector, paths, managers, file.locate(at), rule));
    }

    private void flux(ObjectNode rule, String at) {
        List<PathSelector> paths = new ArrayList<>(selectors(rule, at, "paths", JsonPointer::new));
        if (!rule.has("paths") || rule.path("paths").isEmpty()) {
            problems.add(file.error(at, "the rule ignores nothing", "add paths"));
        }
        JsonNode target = rule.path("target");
        if (!target.isMissingNode() && object(target, at + ".target", TARGET) == null) {
            return;
        }
        target.fieldNames().forEachRemaining(name -> text(target, at + ".target", name));
        try {
            rules.add(new IgnoreRule(ObjectSelector.flux(target), paths, Set.of(), file.locate(at), rule));
        } catch (IllegalArgumentException e) {
            problems.add(file.error(at + ".target", e.getMessage(), ""));
        }
    }

    private List<PathSelector> selectors(
            ObjectNode rule, String at, String name, Function<String, PathSelector> reader) {
        List<PathSelector> selectors = new ArrayList<>();
        List<String> texts = texts(rule, at, name);
        for (int i = 0; i < texts.size(); i++) {
            try {
                selectors.add(reader.apply(texts.get(i)));
            } catch (IllegalArgumentException e) {
                problems.add(file.error(at + "." + name + "[" + i + "]", e.getMessage(), ""));
            }
        }
        return selectors;
    }

    private List<String> texts(ObjectNode rule, String at, String name) {
        List<String> texts = new ArrayList<>();
        JsonNode list = rule.get(name);
        if (list == null || list.isNull()) {
            return texts;
        }
        for (JsonNode item : list) {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        }
        if (!list.isArray() || texts.size() < list.size()) {
            problems.add(file.error(at + "." + name, name + " is no list of texts", ""));
        }
        return texts;
    }

    /** Empty where it is absent. */
    private String text(JsonNode rule, String at, String name) {
        JsonNode value = rule.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            problems.add(file.error(at + "." + name, name + " is no text", ""));
        }
        return value.asText();
    }

    /** {@code null} where it is none; keys that are not known are told. */
    private ObjectNode object(JsonNode json, String at, Set<String> keys) {
        if (!(json instanceof ObjectNode object)) {
            problems.add(file.error(at, (at.isEmpty() ? "the file" : at) + " is no mapping", ""));
            return null;
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!keys.contains(name)) {
                problems.add(file.error(
                        at.isEmpty() ? name : at + "." + name,
                        "\"" + name + "\" is not known here",
                        "known are " + String.join(", ", new TreeSet<>(keys))));
            }
        });
        return object;
    }
}
