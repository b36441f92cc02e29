package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Who a credential is and what it may do, asked of the API server by the reviews that everybody who is authenticated may
 * send. Nothing is written.
 */
public final class AccessReview {

    /** What a sync does with an object. */
    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "patch", "delete");

    /** What most apps are made of; the inventory is a ConfigMap. */
    private static final List<Kind> KINDS = List.of(
            new Kind("", "configmaps"),
            new Kind("", "secrets"),
            new Kind("", "services"),
            new Kind("", "serviceaccounts"),
            new Kind("apps", "deployments"),
            new Kind("apps", "statefulsets"),
            new Kind("batch", "jobs"),
            new Kind("networking.k8s.io", "ingresses"));

    private final ApiServer server;

    public AccessReview(ApiServer server) {
        this.server = server;
    }

    private record Kind(String group, String resource) {

        String qualified() {
            return group.isEmpty() ? resource : resource + "." + group;
        }
    }

    /**
     * Verbs that are not allowed.
     *
     * @param resource such as {@code deployments.apps}
     * @param verbs in the order in which a sync needs them
     */
    public record Missing(String resource, List<String> verbs) {}

    /** The user as the API server sees it, such as {@code system:serviceaccount:shop:deployer}. */
    public String whoAmI() throws ClusterException, InterruptedException {
        JsonNode answer = review("authentication.k8s.io/v1/selfsubjectreviews", review("authentication.k8s.io/v1"));
        return answer.path("status").path("userInfo").path("username").asText();
    }

    /** Which verbs that a sync needs are not allowed in a namespace, on the kinds that most apps are made of. */
    public List<Missing> missing(String namespace) throws ClusterException, InterruptedException {
        List<Missing> missing = new ArrayList<>();
        for (Kind kind : KINDS) {
            if (allowed(namespace, kind, "*")) {
                continue;
            }
            List<String> verbs = new ArrayList<>();
            for (String verb : VERBS) {
                if (!allowed(namespace, kind, verb)) {
                    verbs.add(verb);
                }
            }
            if (!verbs.isEmpty()) {
                missing.add(new Missing(kind.qualified(), List.copyOf(verbs)));
            }
        }
        return missing;
    }

    private boolean allowed(String namespace, Kind kind, String verb) throws ClusterException, InterruptedException {
        ObjectNode review = review("authorization.k8s.io/v1");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("namespace", namespace)
                .put("group", kind.group())
                .put("resource", kind.resource())
                .put("verb", verb);
        return review("authorization.k8s.io/v1/selfsubjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
    }

    private static ObjectNode review(String apiVersion) {
        String kind = apiVersion.startsWith("authentication") ? "SelfSubjectReview" : "SelfSubjectAccessReview";
        return Json.MAPPER.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    }

    private JsonNode review(String path, ObjectNode review) throws ClusterException, InterruptedException {
        return Json.parse(server.send(Call.post("/apis/" + path, Json.bytes(review))));
    }
}
