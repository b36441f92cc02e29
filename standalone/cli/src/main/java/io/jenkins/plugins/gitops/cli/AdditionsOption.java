package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import picocli.CommandLine.Option;

/** What becomes of fields that somebody added by hand. */
@OptionGroup("Changes")
final class AdditionsOption {

    @Option(
            names = "--additions",
            paramLabel = "report|revert|ignore",
            defaultValue = "report",
            description = {
                "Fields that Git does not declare and that a person added (kubectl label, kubectl edit ...):",
                "report them and leave them, let a sync remove them, or ignore them. Default: report."
            })
    AdditionsPolicy policy;
}
