package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.HealthCheck;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "health",
        mixinStandardHelpOptions = true,
        header = "Says how healthy objects are, and why where they are not.",
        description = {
            "",
            "The objects of a file as they stand there, such as kubectl get -o yaml has written them; or those of an app,",
            "live in the cluster. Nothing is written. Exit code 4 says that something is not healthy.",
            ""
        })
final class HealthCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    Subject subject;

    /** Whose health. */
    static final class Subject {
        @Option(
                names = {"-f", "--filename"},
                paramLabel = "FILE",
                description = "Objects with their status, in YAML or JSON; - for standard input. May be given again.")
        List<String> files;

        @Option(names = "--app", paramLabel = "NAME", description = "The app, as its last sync was told.")
        String app;
    }

    @Option(names = "--wait", description = "With --app: wait until all of it is healthy.")
    boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "How long to wait, such as 90s, 5m or 1h. Default: 5m.")
    Duration timeout;

    @Mixin
    HealthOptions health;

    @Mixin
    ClusterOptions cluster;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "With json, standard output holds one JSON document and nothing else. Default: text.")
    OutputOptions.Format format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only what is not healthy, and totals.")
    boolean quiet;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean json = format == OutputOptions.Format.JSON;
        HealthCheck check = new HealthCheck(health.policy(wait, timeout));
        HealthReport report = subject.app == null
                ? check.ofFiles(objects())
                : check.ofApp(
                        cluster.access(), subject.app, cluster.namespace, new Terminal(json ? err : out, err, !quiet));
        if (json) {
            out.println(report.json());
        } else {
            report.lines(Colours.style(), quiet, quiet).forEach(out::println);
        }
        out.flush();
        return report.exitCode();
    }

    private List<Manifest> objects() throws BadInputException, IOException {
        List<Manifest> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String file : subject.files) {
            ReadResult read = ManifestReader.read(file.equals("-") ? "standard input" : file, content(file));
            objects.addAll(read.manifests());
            problems.addAll(read.problems());
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new BadInputException(problems);
        }
        if (objects.isEmpty()) {
            throw new BadInputException("there are no objects in " + String.join(", ", subject.files), "");
        }
        return objects;
    }

    private static byte[] content(String file) throws BadInputException, IOException {
        if (file.equals("-")) {
            return System.in.readAllBytes();
        }
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + file, "");
        }
    }
}
