package io.jenkins.plugins.gitops.engine.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/** The keys, and how values are read. */
final class Annotations {

    /** Before each of our own. */
    static final String OURS = "gitops.jenkins.io/";

    static final String ARGO = "argocd.argoproj.io/";
    static final String FLUX = "kustomize.toolkit.fluxcd.io/";
    static final String HELM = "helm.sh/";

    private Annotations() {}

    /** The annotations of an object; a missing node where it has none. */
    static JsonNode of(JsonNode object) {
        return object.path("metadata").path("annotations");
    }

    /** The value of an annotation; {@code null} where it is not set. */
    static String value(JsonNode annotations, String key) {
        JsonNode value = annotations.get(key);
        return value == null || value.isNull() ? null : value.asText().trim();
    }

    /** The parts of a comma-separated value, blanks left out. */
    static List<String> list(String value) {
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }
}
