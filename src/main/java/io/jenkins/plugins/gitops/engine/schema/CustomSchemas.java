package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The kinds that custom resource definitions among the manifests declare. */
final class CustomSchemas {

    private CustomSchemas() {}

    static List<KindSchema> of(Collection<Manifest> manifests) {
        List<KindSchema> kinds = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("CustomResourceDefinition")
                    && manifest.group().equals("apiextensions.k8s.io")) {
                add(manifest.json().path("spec"), kinds);
            }
        }
        return kinds;
    }

    private static void add(JsonNode spec, List<KindSchema> kinds) {
        for (JsonNode version : spec.path("versions")) {
            if (!version.path("served").asBoolean(true)) {
                continue;
            }
            JsonNode raw = version.path("schema").path("openAPIV3Schema");
            boolean free =
                    raw.isMissingNode() || spec.path("preserveUnknownFields").asBoolean();
            kinds.add(new KindSchema(
                    spec.path("group").asText() + "/" + version.path("name").asText(),
                    spec.path("names").path("kind").asText(),
                    spec.path("names").path("plural").asText(),
                    spec.path("scope").asText().equals("Namespaced"),
                    free ? Schema.of(raw, null, false) : Schema.of(raw, null, true),
                    true));
        }
    }
}
