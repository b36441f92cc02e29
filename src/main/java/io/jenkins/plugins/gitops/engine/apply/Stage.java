package io.jenkins.plugins.gitops.engine.apply;

import io.jenkins.plugins.gitops.engine.plan.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The order in which kinds are applied: what others need comes first, what may refuse others comes last. */
enum Stage {
    /** What makes places and kinds exist; the sync waits for them. */
    DEFINITIONS,
    CLASSES,
    SETTINGS,
    BINDINGS,
    SERVICES,
    WORKLOADS,
    ROUTES,
    /** What can refuse the creation of everything else. */
    ADMISSION;

    static Stage of(String group, String kind) {
        return switch (kind) {
            case "Namespace", "CustomResourceDefinition", "ClusterRole" -> DEFINITIONS;
            case "ResourceQuota",
                    "LimitRange",
                    "ServiceAccount",
                    "Secret",
                    "ConfigMap",
                    "NetworkPolicy",
                    "PodDisruptionBudget",
                    "PersistentVolume",
                    "PersistentVolumeClaim",
                    "Role" -> SETTINGS;
            case "ClusterRoleBinding", "RoleBinding" -> BINDINGS;
            case "Service" -> group.isEmpty() ? SERVICES : WORKLOADS;
            case "Ingress", "HorizontalPodAutoscaler" -> ROUTES;
            case "APIService",
                    "MutatingWebhookConfiguration",
                    "ValidatingWebhookConfiguration",
                    "ValidatingAdmissionPolicy",
                    "ValidatingAdmissionPolicyBinding",
                    "MutatingAdmissionPolicy",
                    "MutatingAdmissionPolicyBinding" -> ADMISSION;
            default -> kind.endsWith("Class") ? CLASSES : WORKLOADS;
        };
    }

    static Stage of(Change change) {
        return of(change.id().group(), change.id().kind());
    }

    /** The changes by stage, in order; stages without changes are left out. */
    static Map<Stage, List<Change>> split(List<Change> changes) {
        Map<Stage, List<Change>> stages = new TreeMap<>();
        for (Change change : changes) {
            stages.computeIfAbsent(of(change), stage -> new ArrayList<>()).add(change);
        }
        return stages;
    }

    /** For pruning: the last stage first. */
    static Comparator<Change> reversed() {
        return Comparator.comparing((Change change) -> of(change)).reversed();
    }
}
