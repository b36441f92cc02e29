package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        header = "Deletes an app from the cluster: everything that its inventory holds.",
        description = {
            "",
            "Without --yes it only shows what would go. Objects go in the reverse of the order in which they were applied;",
            "what an annotation keeps stays. The repository says which hooks run before and after (PreDelete, PostDelete).",
            ""
        })
final class DeleteCommand extends RunCommand {

    @Option(names = "--yes", description = "Do it.")
    boolean yes;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "How long hooks and finalizers may take, such as 90s, 5m or 1h. Default: 5m.")
    Duration timeout;

    DeleteCommand() {
        super(Command.DELETE);
    }

    @Override
    SyncRequest refine(SyncRequest request) {
        return request.withApply(ApplyPolicy.DEFAULT.withDeletion(yes)).withHealth(new HealthPolicy(true, timeout));
    }
}
