package io.jenkins.plugins.gitops.engine.validate;

import java.io.Serializable;

/**
 * What is checked besides what the API server says. Files are text, since a path object cannot be sent to another machine.
 *
 * @param offline hold objects against schemas, API versions and each other; a sync leaves schemas to the server's dry
 *     run unless it is asked
 * @param schemas a file of schemas that was pulled from a cluster; {@code null} for the shipped one
 * @param kubernetesVersion the target, such as {@code 1.36}; {@code null} for the version of the schemas
 * @param ignoreMissingSchemas let kinds without a schema pass
 * @param policies a folder of policies beside those in the repository; {@code null} for none
 */
public record ValidatePolicy(
        boolean offline, String schemas, String kubernetesVersion, boolean ignoreMissingSchemas, String policies)
        implements Serializable {

    /** Policies in the repository, and nothing that the server would tell anyway. */
    public static final ValidatePolicy DEFAULT = new ValidatePolicy(false, null, null, false, null);

    public ValidatePolicy withOffline(boolean value) {
        return new ValidatePolicy(value, schemas, kubernetesVersion, ignoreMissingSchemas, policies);
    }

    public ValidatePolicy withPolicies(String value) {
        return new ValidatePolicy(offline, schemas, kubernetesVersion, ignoreMissingSchemas, value);
    }
}
