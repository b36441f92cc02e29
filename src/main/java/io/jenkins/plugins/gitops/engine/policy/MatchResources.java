package io.jenkins.plugins.gitops.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.schema.KindSchema;
import io.jenkins.plugins.gitops.engine.schema.Schemas;
import java.util.List;

/** {@code matchConstraints} of a policy and {@code matchResources} of a binding: of which objects it holds. */
final class MatchResources {

    private final JsonNode match;
    private final Schemas schemas;

    /** @param match may be missing, which matches everything */
    MatchResources(JsonNode match, Schemas schemas) {
        this.match = match;
        this.schemas = schemas;
    }

    boolean matches(AdmissionObject object) {
        return namespaceMatches(object)
                && LabelSelector.matches(match.path("objectSelector"), object.labels())
                && !rulesMatch(match.path("excludeResourceRules"), object)
                && (match.path("resourceRules").isEmpty() || rulesMatch(match.path("resourceRules"), object));
    }

    private boolean namespaceMatches(AdmissionObject object) {
        JsonNode selector = match.path("namespaceSelector");
        if (selector.isEmpty()) {
            return true;
        }
        if (AdmissionObject.isNamespace(object.kind())) {
            return LabelSelector.matches(selector, object.labels());
        }
        return !object.kind().namespaced()
                || LabelSelector.matches(
                        selector, object.namespaceObject().path("metadata").path("labels"));
    }

    private boolean rulesMatch(JsonNode rules, AdmissionObject object) {
        boolean exact = match.path("matchPolicy").asText("Equivalent").equals("Exact");
        for (JsonNode rule : rules) {
            if (ruleMatches(rule, object.kind(), object.kind().apiVersion(), object.name())) {
                return true;
            }
            if (!exact
                    && equivalents(object.kind()).stream()
                            .anyMatch(other -> ruleMatches(rule, object.kind(), other, object.name()))) {
                return true;
            }
        }
        return false;
    }

    /** The other versions in which the server has the resource: one that is written in v1 is one in v2, too. */
    private List<String> equivalents(KindSchema kind) {
        return schemas.versionsOf(kind.group(), kind.kind()).stream()
                .filter(version -> !version.equals(kind.apiVersion()))
                .toList();
    }

    private static boolean ruleMatches(JsonNode rule, KindSchema kind, String apiVersion, String name) {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return has(rule.path("operations"), "CREATE")
                && has(rule.path("apiGroups"), kind.group())
                && has(rule.path("apiVersions"), version)
                && resource(rule.path("resources"), kind.plural())
                && scope(rule.path("scope").asText("*"), kind.namespaced() && !AdmissionObject.isNamespace(kind))
                && (rule.path("resourceNames").isEmpty() || has(rule.path("resourceNames"), name));
    }

    private static boolean has(JsonNode list, String wanted) {
        for (JsonNode one : list) {
            if (one.asText().equals("*") || one.asText().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean resource(JsonNode list, String plural) {
        for (JsonNode one : list) {
            String resource = one.asText();
            // The object itself, none of its subresources.
            if (resource.equals("*/*")
                    || resource.equals("*")
                    || resource.equals(plural)
                    || resource.equals(plural + "/*")) {
                return true;
            }
        }
        return false;
    }

    private static boolean scope(String scope, boolean namespaced) {
        return scope.equals("*") || scope.equals(namespaced ? "Namespaced" : "Cluster");
    }
}
