package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.Planned;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.disk.WholeFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        header = "Shows what a sync would do, object by object and field by field.",
        description = {
            "",
            "Every object is applied in a dry run on the server, with validation, admission and defaults; nothing is",
            "written. Exit code 1 says that there is something to do.",
            "",
            "With --out the plan is kept in a file, to be reviewed (gitops show) and carried out (gitops sync --plan).",
            ""
        })
final class PlanCommand extends RunCommand {

    @Mixin
    ApplyOptions apply;

    @Mixin
    GateOptions gate;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "Keep the plan in a file. It holds no secret values. Set GITOPS_PLAN_KEY to seal it with a key:",
                "without the key nobody can then change it, nor guess at Secrets by it."
            })
    Path out;

    PlanCommand() {
        super(Command.PLAN);
    }

    @Override
    SyncRequest refine(SyncRequest request) throws BadInputException, IOException {
        return apply.refine(request).withValidate(gate.policy());
    }

    @Override
    Report run(GitOpsEngine engine, SyncRequest request, ProgressListener progress)
            throws BadInputException, ClusterException, IOException {
        if (out == null) {
            return super.run(engine, request, progress);
        }
        PlanKey key = PlanKeys.fromEnvironment();
        Planned planned = engine.plan(request, access(), progress, key);
        if (planned.plan() == null) {
            // An old plan must not be taken for this one.
            Files.deleteIfExists(out);
        } else {
            WholeFile.writePrivately(out, planned.plan().write(key));
        }
        return planned.report();
    }
}
