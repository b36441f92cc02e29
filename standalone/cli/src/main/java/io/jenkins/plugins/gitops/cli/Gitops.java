package io.jenkins.plugins.gitops.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command. */
@Command(
        name = "gitops",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Makes a Kubernetes cluster what a Git repository says.",
        description = {
            "",
            "The engine of the GitOps plugin for Jenkins, without Jenkins. New here? Run @|bold gitops demo|@.",
            ""
        },
        footer = {
            "",
            "Exit codes:",
            "    0  in sync, or done",
            "    1  differences found (plan, drift, probe)",
            "    2  bad input or usage; nothing was changed",
            "    3  the cluster cannot be reached, or it refused a request",
            "    4  not healthy, or not in time",
            "    5  a safety rule refused",
            "  130  interrupted",
            "",
            "A first sync into a local cluster:",
            "    gitops cluster up --controllers",
            "    gitops sync --repo https://github.com/you/config --path apps/prod"
        },
        subcommands = {
            SyncCommand.class,
            PlanCommand.class,
            ShowCommand.class,
            DriftCommand.class,
            ProbeCommand.class,
            ValidateCommand.class,
            SchemasCommand.class,
            RenderCommand.class,
            HealthCommand.class,
            DeleteCommand.class,
            ClusterCommand.class,
            DemoCommand.class,
            GenerateCompletion.class
        })
public final class Gitops {

    public static void main(String[] args) {
        Quiet.logging();
        Interrupts.install();
        int code = commandLine().execute(args);
        Interrupts.finished();
        System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Gitops());
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(new UsageErrors());
        group(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return line;
    }

    private static void group(CommandLine line) {
        line.getHelpSectionMap().put(GroupedHelp.section(), new GroupedHelp());
        line.getSubcommands().values().forEach(Gitops::group);
    }
}
