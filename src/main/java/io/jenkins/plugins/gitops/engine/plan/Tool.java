package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another tool that has applied objects, and how it is known by what it leaves on them: the names of its field managers,
 * and the labels and annotations by which it knows its own.
 */
public enum Tool {
    KUBECTL(
            "kubectl",
            Set.of(
                    "kubectl",
                    "kubectl-client-side-apply",
                    "before-first-apply",
                    "kubectl-create",
                    "kubectl-replace",
                    "kubectl-last-applied"),
            List.of(),
            List.of("kubectl.kubernetes.io/last-applied-configuration")),
    FLUX(
            "Flux",
            Set.of("kustomize-controller", "helm-controller", "flux", "flux-client-side-apply"),
            List.of(
                    "kustomize.toolkit.fluxcd.io/name",
                    "kustomize.toolkit.fluxcd.io/namespace",
                    "helm.toolkit.fluxcd.io/name",
                    "helm.toolkit.fluxcd.io/namespace"),
            List.of("kustomize.toolkit.fluxcd.io/checksum")),
    ARGOCD(
            "Argo CD",
            Set.of("argocd-controller", "argocd-application-controller"),
            List.of("argocd.argoproj.io/instance", "app.kubernetes.io/instance"),
            List.of("argocd.argoproj.io/tracking-id", "argocd.argoproj.io/installation-id"));

    /** What {@code kubectl apply} leaves is taken over without being asked: our own apply continues it. */
    private static final Set<String> ALWAYS = Set.of("kubectl-client-side-apply", "before-first-apply");

    private final String title;
    private final Set<String> managers;
    private final List<String> labels;
    private final List<String> annotations;

    Tool(String title, Set<String> managers, List<String> labels, List<String> annotations) {
        this.title = title;
        this.managers = managers;
        this.labels = labels;
        this.annotations = annotations;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    /** Whether a field manager is this tool. */
    boolean isManager(String name) {
        return managers.contains(name);
    }

    /** Labels of the object itself by which the tool knows its own. */
    List<String> labels() {
        return labels;
    }

    /** Annotations of the object by which the tool knows its own. */
    List<String> annotations() {
        return annotations;
    }

    /** Whether a manager's claim is what {@code kubectl apply} leaves. */
    static boolean isLeftByApply(String manager) {
        return ALWAYS.contains(manager);
    }

    /** The tool that keeps applying an object, as far as it can be told from it; never {@link #KUBECTL}. */
    public static Optional<Tool> keeping(JsonNode live) {
        JsonNode metadata = live.path("metadata");
        for (Tool tool : EnumSet.of(FLUX, ARGOCD)) {
            for (JsonNode entry : metadata.path("managedFields")) {
                if (tool.isManager(entry.path("manager").asText())) {
                    return Optional.of(tool);
                }
            }
        }
        return Optional.empty();
    }
}
