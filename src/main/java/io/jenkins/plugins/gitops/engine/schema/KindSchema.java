package io.jenkins.plugins.gitops.engine.schema;

/**
 * A kind in one version.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param plural the resource, such as {@code deployments}
 * @param namespaced whether its objects live in a namespace
 * @param schema of the whole object
 * @param custom whether a definition declares it, and no API server has it of itself
 */
public record KindSchema(
        String apiVersion, String kind, String plural, boolean namespaced, Schema schema, boolean custom) {

    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
