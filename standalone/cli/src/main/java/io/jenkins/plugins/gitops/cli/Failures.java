package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.localcluster.ControlPlaneException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Errors as a person reads them, without a stack trace; a fault of our own is the exception. */
final class Failures implements IExecutionExceptionHandler {

    /** {@code EX_SOFTWARE} of sysexits.h. */
    private static final int FAULT = 70;

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        try {
            if (e instanceof BadInputException bad) {
                bad.problems().forEach(problem -> err.println("error: " + problem));
                return Status.INVALID.exitCode();
            }
            if (e instanceof ClusterException failed) {
                err.println("error: "
                        + Printable.line(
                                failed.getMessage() + (failed.advice().isEmpty() ? "" : "; " + failed.advice())));
                return Status.FAILED.exitCode();
            }
            if (e instanceof ControlPlaneException failed) {
                err.println("error: " + failed.getMessage());
                return Status.FAILED.exitCode();
            }
            if (e instanceof InterruptedException) {
                return Status.ABORTED.exitCode();
            }
            err.println("error: a fault in gitops itself; please report it with what follows");
            e.printStackTrace(err);
            return FAULT;
        } finally {
            err.flush();
        }
    }
}
