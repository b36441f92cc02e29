package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.report.HtmlReport;
import io.jenkins.plugins.gitops.engine.report.MarkdownReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFiles;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header = "Shows a plan that gitops plan --out has kept.",
        description = {
            "",
            "No cluster and no repository are asked. A plan that was changed after it was made is refused.",
            ""
        })
final class ShowCommand implements Callable<Integer> {

    /** The forms of standard output. */
    enum Format {
        TEXT,
        MARKDOWN,
        HTML,
        JSON
    }

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The plan.")
    Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|markdown|html|json",
            defaultValue = "text",
            description = "Default: text.")
    Format format;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write report.json, report.html, report.md and junit.xml there.")
    Path directory;

    @Option(
            names = {"-v", "--verbose"},
            description = "Unchanged objects too.")
    boolean verbose;

    @Override
    public Integer call() throws Exception {
        PlanKey key = PlanKeys.fromEnvironment();
        byte[] bytes = PlanFiles.read(file);
        PlanFile plan = PlanFile.readToShow(bytes, key);
        if (key == null && PlanFile.isKeyed(bytes)) {
            spec.commandLine()
                    .getErr()
                    .println("The plan is sealed with a key that is not here: its seal was not checked.");
            spec.commandLine().getErr().flush();
        }
        Report report = plan.report();
        PrintWriter out = spec.commandLine().getOut();
        out.println(text(report).stripTrailing());
        out.flush();
        if (directory != null) {
            ReportFiles.write(report, directory);
        }
        return 0;
    }

    private String text(Report report) throws Exception {
        return switch (format) {
            case TEXT -> new TextReport(Colours.style()).text(report, verbose);
            case MARKDOWN -> MarkdownReport.markdown(report);
            case HTML -> HtmlReport.page(report);
            case JSON -> new String(ReportJson.write(report), StandardCharsets.UTF_8);
        };
    }
}
