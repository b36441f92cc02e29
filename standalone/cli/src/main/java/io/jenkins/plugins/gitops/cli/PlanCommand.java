package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.report.Command;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        header = "Shows what a sync would do, object by object and field by field.",
        description = {
            "",
            "Every object is applied in a dry run on the server, with validation, admission and defaults; nothing is",
            "written. Exit code 1 says that there is something to do.",
            ""
        })
final class PlanCommand extends RunCommand {

    @Mixin
    ApplyOptions apply;

    PlanCommand() {
        super(Command.PLAN);
    }

    @Override
    SyncRequest refine(SyncRequest request) {
        return apply.refine(request);
    }
}
