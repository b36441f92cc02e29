package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which objects a rule is for. */
final class ObjectSelector {

    private Predicate<Manifest> condition = manifest -> true;

    /**
     * As Argo CD has it: globs for group and kind, where no group means the core group; a name and a namespace, where none
     * means any.
     */
    static ObjectSelector argo(String group, String kind, String namespace, String name) {
        ObjectSelector selector = new ObjectSelector();
        Pattern groups = glob(group);
        Pattern kinds = glob(kind);
        selector.require(manifest -> groups.matcher(manifest.group()).matches()
                && kinds.matcher(manifest.kind()).matches()
                && (namespace.isEmpty() || namespace.equals(manifest.namespace()))
                && (name.isEmpty() || name.equals(manifest.name())));
        return selector;
    }

    /** As Flux has it: regular expressions for the whole of each, where none means any. */
    static ObjectSelector flux(JsonNode target) {
        ObjectSelector selector = new ObjectSelector();
        Pattern group = expression(target, "group");
        Pattern version = expression(target, "version");
        Pattern kind = expression(target, "kind");
        Pattern namespace = expression(target, "namespace");
        Pattern name = expression(target, "name");
        selector.require(manifest -> fits(group, manifest.group())
                && fits(
                        version,
                        manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1))
                && fits(kind, manifest.kind())
                && fits(namespace, manifest.namespace())
                && fits(name, manifest.name()));
        selector.requireLabels(target.path("labelSelector").asText(""), "labels");
        selector.requireLabels(target.path("annotationSelector").asText(""), "annotations");
        return selector;
    }

    private void require(Predicate<Manifest> more) {
        condition = condition.and(more);
    }

    private void requireLabels(String text, String field) {
        if (!text.isBlank()) {
            LabelSelector labels = new LabelSelector(text);
            require(manifest -> labels.matches(manifest.json().path("metadata").path(field)));
        }
    }

    /** @param manifest with its namespace filled in */
    boolean matches(Manifest manifest) {
        return condition.test(manifest);
    }

    private static Pattern glob(String text) {
        StringBuilder pattern = new StringBuilder();
        for (char c : text.toCharArray()) {
            pattern.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString());
    }

    private static Pattern expression(JsonNode target, String field) {
        String text = target.path(field).asText("");
        try {
            return text.isEmpty() ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no regular expression: " + e.getDescription());
        }
    }

    private static boolean fits(Pattern pattern, String text) {
        return pattern == null || JqFunctions.matches(pattern, text);
    }
}
