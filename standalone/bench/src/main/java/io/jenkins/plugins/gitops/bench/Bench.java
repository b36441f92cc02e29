package io.jenkins.plugins.gitops.bench;

import io.jenkins.plugins.gitops.localcluster.Binary;
import io.jenkins.plugins.gitops.localcluster.ControlPlaneBinaries;
import io.jenkins.plugins.gitops.localcluster.LocalControlPlane;
import io.jenkins.plugins.gitops.localcluster.Options;
import io.jenkins.plugins.gitops.localcluster.RunningCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jgit.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The command. */
@CommandLine.Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Measures the engine beside kubectl and beside the limit of a real API server.",
        description = {
            "",
            "Prints a Markdown table of medians and of the ratios that must be reached. Each round has a fresh control",
            "plane on this machine's loopback address.",
            ""
        })
public final class Bench implements Callable<Integer> {

    @Option(
            names = "--objects",
            split = ",",
            paramLabel = "N",
            defaultValue = "1000,5000,20000",
            description = "Sizes of the repositories. Default: ${DEFAULT-VALUE}.")
    List<Integer> sizes;

    @Option(names = "--runs", defaultValue = "3", description = "Rounds of each size. Default: ${DEFAULT-VALUE}.")
    int runs;

    @Option(
            names = "--subjects",
            split = ",",
            paramLabel = "SUBJECT",
            defaultValue = "COLD,WARM,RAW,RAW_COLD,KUBECTL",
            description = "Who is measured. Default: ${DEFAULT-VALUE}.")
    Set<Subject> subjects;

    @Option(
            names = "--kubectl-up-to",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Leave kubectl out of larger sizes, for the time it takes. Default: ${DEFAULT-VALUE}.")
    int kubectlUpTo;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTIONS",
            defaultValue = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
            description = "Of the JVM that the engine runs in. Default: ${DEFAULT-VALUE}.")
    String jvmOptions;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Every measurement, a line of JSON each. What is there already counts too. Default: none.")
    Path resultsFile;

    @Option(
            names = "--kubectl-runs",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Rounds of each size in which kubectl takes part, for the time it takes. Default: ${DEFAULT-VALUE}.")
    int kubectlRuns;

    @Option(names = "--document", paramLabel = "FILE", description = "Write the page with the tables there, too.")
    Path document;

    @Option(names = "--report-only", description = "Measure nothing; print what --results holds.")
    boolean reportOnly;

    private final List<String> arguments;
    private String kubernetes = "v" + ControlPlaneBinaries.VERSION;

    private Bench(List<String> arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] args) {
        Logger.getLogger("").setLevel(Level.WARNING);
        CommandLine line = new CommandLine(new Bench(List.of(args)));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createTempDirectory("gitops-bench");
        try {
            Results results = Results.open(resultsFile == null ? work.resolve("results.jsonl") : resultsFile);
            if (!reportOnly) {
                for (int size : sizes) {
                    for (int round = 1; round <= runs; round++) {
                        round(size, round, work.resolve(size + "-" + round), results);
                    }
                }
            }
            System.out.print(new Tables(results).markdown());
            if (document != null) {
                Files.writeString(document, new Document(results, arguments, jvmOptions).markdown(kubernetes));
            }
            boolean met = Requirement.all().stream()
                    .allMatch(requirement -> requirement.ratio(results).orElse(0) <= requirement.limit());
            return met ? 0 : 1;
        } finally {
            FileUtils.delete(work.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    private void round(int size, int number, Path work, Results results) throws IOException, InterruptedException {
        Path dir = work.resolve("cluster");
        Options options = Options.defaults();
        RunningCluster cluster = LocalControlPlane.up(dir, options, Bench::tell);
        kubernetes = cluster.version();
        try (Server server = Server.connect(cluster.kubeconfig())) {
            Path kubectl = size > kubectlUpTo || number > kubectlRuns
                    ? null
                    : ControlPlaneBinaries.find(options, Bench::tell).path(Binary.KUBECTL);
            new Round(
                            size,
                            number,
                            work,
                            cluster.kubeconfig(),
                            kubectl,
                            Arrays.asList(jvmOptions.trim().split("\\s+")),
                            server,
                            measurement -> {
                                results.add(measurement);
                                tell(measurement.toString());
                            })
                    .run(subjects);
        } finally {
            LocalControlPlane.delete(dir, Bench::tell);
            FileUtils.delete(work.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    private static void tell(String line) {
        System.err.println(line);
    }
}
