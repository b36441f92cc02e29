package io.jenkins.plugins.gitops.engine.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A kind of object that the API server serves, in one version.
 *
 * @param group {@code ""} for the core group
 * @param version such as {@code v1}
 * @param kind such as {@code Deployment}
 * @param plural the resource's name in URLs, such as {@code deployments}
 * @param namespaced whether its objects live in namespaces
 * @param verbs what may be done with it, such as {@code list}
 */
public record ApiResource(
        String group, String version, String kind, String plural, boolean namespaced, Set<String> verbs) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code Kind.group}, and {@code Kind} alone in the core group. */
    public String groupKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** A kind that is not served yet: where its objects live is not known. */
    public static ApiResource unserved(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return new ApiResource(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                kind,
                "",
                true,
                Set.of());
    }

    public boolean isServed() {
        return !plural.isEmpty();
    }

    public boolean can(String verb) {
        return verbs.contains(verb);
    }

    /** The collection in all namespaces. */
    String path() {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version + "/" + plural;
    }

    /** The collection in one namespace; for cluster-scoped kinds the collection. */
    String path(String namespace) {
        if (!namespaced || namespace.isEmpty()) {
            return path();
        }
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version + "/namespaces/" + encode(namespace) + "/"
                + plural;
    }

    /** One object. */
    String path(String namespace, String name) {
        return path(namespace) + "/" + encode(name);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
