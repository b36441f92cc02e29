package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Option;

/** What manifests are held against without a cluster. */
@OptionGroup("Checks without a cluster")
final class ValidateOptions {

    @Option(
            names = "--kubernetes-version",
            paramLabel = "VERSION",
            description = {
                "The target, such as 1.36: API versions that it does not serve are errors. Schemas that were pulled",
                "from a cluster of that version are used. Default: the version of the schemas."
            })
    String kubernetesVersion;

    @Option(
            names = "--schemas",
            paramLabel = "FILE",
            description = "Schemas that gitops schemas pull has made. Default: the built-in ones.")
    Path schemas;

    @Option(names = "--ignore-missing-schemas", description = "Let kinds pass whose schema is not known.")
    boolean ignoreMissingSchemas;

    @Option(
            names = "--policies",
            paramLabel = "DIR",
            description = "ValidatingAdmissionPolicies to evaluate besides those in the repository.")
    Path policies;

    ValidatePolicy policy(boolean offline) {
        return new ValidatePolicy(
                offline,
                Objects.toString(file(), null),
                kubernetesVersion,
                ignoreMissingSchemas,
                Objects.toString(policies, null));
    }

    private Path file() {
        if (schemas != null || kubernetesVersion == null) {
            return schemas;
        }
        Path pulled = SchemasCommand.file(kubernetesVersion);
        return Files.exists(pulled) ? pulled : null;
    }
}
