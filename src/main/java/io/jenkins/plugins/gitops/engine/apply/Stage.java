package io.jenkins.plugins.gitops.engine.apply;

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
}
