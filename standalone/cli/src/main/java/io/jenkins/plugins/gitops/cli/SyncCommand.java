package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        header = "Makes the cluster what Git says: validate, apply, wait until healthy, prune.",
        description = {
            "",
            "Nothing is written before every object has passed a dry run on the server. What left Git is deleted last,",
            "after everything is healthy.",
            ""
        })
final class SyncCommand extends RunCommand {

    @Mixin
    ApplyOptions apply;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until everything is healthy. Default: yes.")
    boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "How long to wait, such as 90s, 5m or 1h. Default: 5m.")
    Duration timeout;

    SyncCommand() {
        super(Command.SYNC);
    }

    @Override
    SyncRequest refine(SyncRequest request) {
        return apply.refine(request).withHealth(new HealthPolicy(wait, timeout));
    }
}
