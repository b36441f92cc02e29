package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFiles;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code sync}, {@code plan}, {@code drift} and {@code validate} have in common: one run, one report. */
abstract class RunCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    RepositoryOptions repository;

    @Mixin
    ClusterOptions cluster;

    @Mixin
    RenderOptions render;

    @Mixin
    OutputOptions output;

    private final Command command;

    RunCommand(Command command) {
        this.command = command;
    }

    /** Adds what only this command has. */
    SyncRequest refine(SyncRequest request) throws BadInputException, IOException {
        return request;
    }

    /** The cluster; {@code null} to do without one. */
    ClusterAccess access() throws BadInputException, ClusterException {
        return cluster.access();
    }

    Report run(GitOpsEngine engine, SyncRequest request, ProgressListener progress)
            throws BadInputException, ClusterException, IOException {
        return engine.run(request, access(), progress);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean json = output.format == OutputOptions.Format.JSON;
        // A sync is told while it happens; what only looks is told at the end, in one piece.
        boolean live = command.writes() && !output.quiet;
        Terminal terminal = new Terminal(json ? err : out, err, live);
        SyncRequest request = refine(SyncRequest.of(command, repository.request(command == Command.VALIDATE))
                .withApp(repository.app)
                .withPath(repository.path)
                .withNamespace(cluster.namespace)
                .withRender(render.policy()));
        Report report = run(new GitOpsEngine(UserCache.directory("repositories")), request, terminal);
        if (json) {
            out.println(new String(ReportJson.write(report), StandardCharsets.UTF_8).stripTrailing());
            out.flush();
        } else {
            print(report, out, err);
        }
        write(report, json ? err : out);
        return report.status().exitCode();
    }

    private void print(Report report, PrintWriter out, PrintWriter err) {
        TextReport text = new TextReport(Colours.style());
        if (output.verbose || (!command.writes() || report.status() == Status.OUT_OF_SYNC) && !output.quiet) {
            text.lines(report, output.verbose).forEach(out::println);
        } else {
            report.problems().stream().filter(Problem::isError).forEach(problem -> text.problem(problem)
                    .forEach(err::println));
            err.flush();
            if (!output.quiet) {
                text.order(report).forEach(out::println);
            }
            text.footer(report).forEach(out::println);
        }
        out.flush();
    }

    private void write(Report report, PrintWriter out) throws IOException {
        if (output.report != null) {
            ReportFiles.write(report, output.report);
            if (!output.quiet) {
                out.println("report: " + output.report.resolve("report.html"));
                out.flush();
            }
        }
    }
}
