package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The annotations by which an object asks not to be pruned: our own, Flux's and Argo CD's. */
final class PruneOptOut {

    private static final Set<String> PROTECTED = Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private PruneOptOut() {}

    /** Why a live object must not be pruned; empty where it may. */
    static Optional<String> of(ObjectNode live) {
        JsonNode annotations = live.path("metadata").path("annotations");
        for (String key : new String[] {"gitops.jenkins.io/prune", "kustomize.toolkit.fluxcd.io/prune"}) {
            if (annotations.path(key).asText().equalsIgnoreCase("disabled")) {
                return Optional.of("not in Git any more; kept by " + key + ": disabled");
            }
        }
        boolean argo = Stream.of(annotations
                        .path("argocd.argoproj.io/sync-options")
                        .asText()
                        .split(","))
                .map(String::trim)
                .anyMatch(option -> option.equals("Prune=false") || option.equals("Delete=false"));
        if (argo) {
            return Optional.of("not in Git any more; kept by argocd.argoproj.io/sync-options");
        }
        if (live.path("kind").asText().equals("Namespace")
                && PROTECTED.contains(live.path("metadata").path("name").asText())) {
            return Optional.of("not in Git any more; kept, since it is a namespace of Kubernetes itself");
        }
        return Optional.empty();
    }
}
