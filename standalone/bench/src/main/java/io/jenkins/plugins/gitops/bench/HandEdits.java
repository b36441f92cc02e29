package io.jenkins.plugins.gitops.bench;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Changes some objects as a person with kubectl does: one declared value of each. */
final class HandEdits {

    private static final Map<String, String> PATCHES = Map.of(
            "ConfigMap", "{\"data\":{\"LOG_LEVEL\":\"debug\"}}",
            "Service", "{\"metadata\":{\"annotations\":{\"prometheus.io/port\":\"9099\"}}}",
            "Deployment", "{\"spec\":{\"revisionHistoryLimit\":9}}",
            "HorizontalPodAutoscaler", "{\"spec\":{\"maxReplicas\":99}}",
            "NetworkPolicy", "{\"spec\":{\"policyTypes\":[\"Ingress\"]}}",
            "Backup", "{\"spec\":{\"retentionDays\":3}}");

    private HandEdits() {}

    /**
     * @param number how many objects, spread evenly over the repository
     * @return what was changed, as {@code Kind/namespace/name}
     */
    static Set<String> make(Server server, Repository repository, int number) throws IOException {
        List<Manifest> editable = new ArrayList<>();
        for (Path file : repository.files()) {
            Manifest manifest = ManifestReader.read(file.toString(), Files.readAllBytes(file))
                    .manifests()
                    .get(0);
            if (PATCHES.containsKey(manifest.kind())) {
                editable.add(manifest);
            }
        }
        Set<String> changed = new TreeSet<>();
        for (int i = 0; i < number; i++) {
            Manifest manifest = editable.get((int) ((long) i * editable.size() / number));
            server.send(
                    "PATCH",
                    RawClient.path(manifest) + "?fieldManager=kubectl-edit",
                    "application/merge-patch+json",
                    PATCHES.get(manifest.kind()).getBytes(StandardCharsets.UTF_8));
            changed.add(manifest.id().toString());
        }
        return changed;
    }
}
