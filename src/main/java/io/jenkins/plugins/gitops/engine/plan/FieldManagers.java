package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import java.util.regex.Pattern;

/**
 * What kind of program a field manager is. The server keeps a name only, so this goes by names, and by one habit: whoever
 * writes the status of an object is its controller.
 */
final class FieldManagers {

    /** The tools that people use. */
    private static final Pattern BY_HAND =
            Pattern.compile("kubectl|kubectl-.*|oc|oc-.*|k9s|lens|Lens|Freelens|Mozilla|node-fetch|dashboard");

    /** The words by which controllers are called, and some that go by a name of their own. */
    private static final Pattern CONTROLLER = Pattern.compile(
            "kube-.*|kubelet|.*(controller|operator|injector|autoscaler|webhook|provisioner|recommender|scheduler).*"
                    + "|manager|.*-manager|.*-agent|vpa-.*|keda.*|istio.*|pilot-discovery|linkerd.*|cilium.*|calico.*"
                    + "|kyverno.*|gatekeeper.*|karpenter|external-dns|velero.*|rancher.*|fleet.*",
            Pattern.CASE_INSENSITIVE);

    private FieldManagers() {}

    /** Whether a person was at work. */
    static boolean isByHand(String manager) {
        return manager != null && BY_HAND.matcher(manager).matches();
    }

    /** Whether these fields are a controller's own business; a mutating webhook writes in our name. */
    static boolean isController(FieldOwners.Owner owner, FieldOwners owners) {
        String manager = owner.manager();
        if (manager == null || isByHand(manager)) {
            return false;
        }
        return manager.equals(ObjectApi.FIELD_MANAGER)
                || owner.subresource().equals("status")
                || CONTROLLER.matcher(manager).matches()
                || owners.all().stream()
                        .anyMatch(other -> manager.equals(other.manager())
                                && other.subresource().equals("status"));
    }
}
