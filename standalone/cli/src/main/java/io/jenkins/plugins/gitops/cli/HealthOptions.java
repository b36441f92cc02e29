package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.health.HealthExpressions;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How health is told. */
@OptionGroup("Health")
final class HealthOptions {

    @Option(
            names = "--health-exprs",
            paramLabel = "FILE",
            description = {
                "Rules of your own for some kinds, in CEL and in the form of Flux's healthCheckExprs: a list, or a",
                "Kustomization that has one."
            })
    Path expressions;

    @Option(
            names = "--pull-grace",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description = "How long an image may fail to be pulled before waiting ends early. Default: 2m.")
    Duration pullGrace;

    @Option(
            names = "--pod-logs",
            paramLabel = "LINES",
            defaultValue = "10",
            description = {
                "How many last lines of a failing container's log are shown, with what looks like a credential masked;",
                "0 for none. They are in no report. Default: 10."
            })
    int podLogs;

    HealthPolicy policy(boolean wait, Duration timeout) throws BadInputException, IOException {
        HealthPolicy policy =
                new HealthPolicy(wait, timeout).withPullGrace(pullGrace).withLogLines(Math.max(0, podLogs));
        if (expressions == null) {
            return policy;
        }
        try {
            return policy.withExpressions(
                    HealthExpressions.read(expressions.toString(), Files.readAllBytes(expressions)));
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + expressions, "");
        }
    }
}
