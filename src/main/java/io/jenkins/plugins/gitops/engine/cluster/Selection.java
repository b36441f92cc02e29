package io.jenkins.plugins.gitops.engine.cluster;

/**
 * Which objects of a kind.
 *
 * @param namespace {@code ""} for all namespaces
 * @param labels a label selector; {@code null} for any
 * @param fields a field selector; {@code null} for any
 */
public record Selection(ApiResource resource, String namespace, String labels, String fields) {

    /** The objects of a kind that carry certain labels. */
    public static Selection of(ApiResource resource, String namespace, String labels) {
        return new Selection(resource, namespace, labels, null);
    }

    public Selection in(String other) {
        return new Selection(resource, other, labels, fields);
    }

    /** Path and query, to which more may be added with {@code &}. */
    String query(String first) {
        return resource.path(namespace) + "?" + first
                + (labels == null ? "" : "&labelSelector=" + ApiResource.encode(labels))
                + (fields == null ? "" : "&fieldSelector=" + ApiResource.encode(fields));
    }
}
