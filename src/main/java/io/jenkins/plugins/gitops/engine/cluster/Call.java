package io.jenkins.plugins.gitops.engine.cluster;

/**
 * One HTTP request to the API server.
 *
 * @param method such as {@code PATCH}
 * @param path path and query, with a leading slash
 * @param accept value of the {@code Accept} header
 * @param mediaType of the body; {@code null} without one
 * @param body {@code null} without one
 */
record Call(String method, String path, String accept, String mediaType, byte[] body) {

    static final String JSON = "application/json";
    static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    static final String APPLY = "application/apply-patch+yaml";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    static Call get(String path) {
        return get(path, JSON);
    }

    static Call get(String path, String accept) {
        return new Call("GET", path, accept, null, null);
    }

    static Call patch(String path, String mediaType, byte[] body) {
        return new Call("PATCH", path, JSON, mediaType, body);
    }

    static Call post(String path, byte[] body) {
        return new Call("POST", path, JSON, JSON, body);
    }

    static Call put(String path, byte[] body) {
        return new Call("PUT", path, JSON, JSON, body);
    }

    static Call delete(String path, byte[] body) {
        return new Call("DELETE", path, JSON, JSON, body);
    }

    /** Whether a second go does no harm when it is not known whether the first one was carried out. */
    boolean repeatable() {
        return method.equals("GET") || isApply();
    }

    /** Whether it is a server-side apply, a dry run or not. */
    boolean isApply() {
        return APPLY.equals(mediaType);
    }
}
