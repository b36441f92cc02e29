package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = {
                "How long to wait for another sync of the same app to end; 0s refuses at once (exit code 5).",
                "Default: 5m."
            })
    Duration lockTimeout;

    SyncCommand() {
        super(Command.SYNC);
    }

    @Override
    SyncRequest refine(SyncRequest request) {
        return apply.refine(request)
                .withHealth(new HealthPolicy(wait, timeout))
                .withLease(new LeasePolicy(holder(), lockTimeout));
    }

    /** Who syncs, for whoever has to wait: {@code user@host, process 4711}. */
    private static String holder() {
        String user = System.getProperty("user.name");
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return user + "@" + host + ", process " + ProcessHandle.current().pid();
    }
}
