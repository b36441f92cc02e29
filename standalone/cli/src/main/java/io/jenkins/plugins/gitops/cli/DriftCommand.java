package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Command;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        header = "Says whether the cluster still is what was synced: which field, who changed it, and when.",
        description = {
            "",
            "Drift: the live object left what was last synced. Pending: Git is ahead of what was last synced. Nothing is",
            "written. Exit code 1 says that either was found.",
            ""
        })
final class DriftCommand extends RunCommand {

    @Mixin
    DriftOptions drift;

    DriftCommand() {
        super(Command.DRIFT);
    }

    @Override
    SyncRequest refine(SyncRequest request) throws BadInputException, IOException {
        return request.withDrift(drift.policy());
    }
}
