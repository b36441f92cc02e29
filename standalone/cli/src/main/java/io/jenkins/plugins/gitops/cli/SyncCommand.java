package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    private static final List<String> OF_THE_PLAN = List.of(
            "--app",
            "--path",
            "--namespace",
            "--prune",
            "--prune-limit",
            "--conflicts",
            "--additions",
            "--force-replace",
            "--take-over",
            "--ignore-differences");

    @Mixin
    ApplyOptions apply;

    @Mixin
    HealthOptions health;

    @Mixin
    GateOptions gate;

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

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = {
                "Do what was reviewed (gitops plan --out FILE), and refuse (exit code 5), naming what moved, where a",
                "sync would do anything else now. App, folder, namespace and options are those of the plan."
            })
    Path plan;

    SyncCommand() {
        super(Command.SYNC);
    }

    @Override
    SyncRequest refine(SyncRequest request) throws BadInputException, IOException {
        return apply.refine(request)
                .withValidate(gate.policy())
                .withHealth(health.policy(wait, timeout))
                .withLease(new LeasePolicy(holder(), lockTimeout));
    }

    @Override
    Report run(GitOpsEngine engine, SyncRequest request, ProgressListener progress)
            throws BadInputException, ClusterException, IOException {
        if (plan == null) {
            return super.run(engine, request, progress);
        }
        for (String option : OF_THE_PLAN) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new BadInputException(
                        option + " cannot be given with --plan: a sync does what was reviewed",
                        "make a new plan with it, or leave it out");
            }
        }
        PlanKey key = PlanKeys.fromEnvironment();
        return engine.sync(request, PlanFile.read(PlanFiles.read(plan), key), key, access(), progress);
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
