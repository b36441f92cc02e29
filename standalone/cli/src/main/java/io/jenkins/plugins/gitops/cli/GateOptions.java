package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks of our own before a cluster is asked. */
@OptionGroup("Checks without a cluster")
final class GateOptions {

    @Option(
            names = "--validate",
            description = {
                "First do all that gitops validate does without a cluster; an error ends the run before anything is",
                "touched. Without it schemas are left to the server's dry run."
            })
    boolean validate;

    @Mixin
    ValidateOptions options;

    ValidatePolicy policy() throws BadInputException {
        if (!validate
                && (options.schemas != null || options.kubernetesVersion != null || options.ignoreMissingSchemas)) {
            throw new BadInputException(
                    "--schemas, --kubernetes-version and --ignore-missing-schemas are for checks without a cluster",
                    "add --validate");
        }
        return options.policy(validate);
    }
}
