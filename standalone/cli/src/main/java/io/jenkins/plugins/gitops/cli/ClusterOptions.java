package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Which cluster, and with which credential. */
@OptionGroup("Cluster")
final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Default: the files in KUBECONFIG, else ~/.kube/config.")
    Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Default: the kubeconfig's current context.")
    String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "For objects that name none, and home of the app's inventory. Default: the context's.")
    String namespace;

    ClusterAccess access() throws BadInputException, ClusterException {
        return Kubeconfig.read(files()).access(context);
    }

    boolean given() {
        return kubeconfig != null || context != null;
    }

    private List<Path> files() throws BadInputException {
        if (kubeconfig != null) {
            return List.of(kubeconfig);
        }
        String variable = System.getenv("KUBECONFIG");
        if (variable != null && !variable.isBlank()) {
            List<Path> existing = Arrays.stream(variable.split(File.pathSeparator))
                    .filter(name -> !name.isBlank())
                    .map(Path::of)
                    .filter(Files::exists)
                    .toList();
            return existing.isEmpty() ? List.of(Path.of(variable)) : existing;
        }
        Path standard = Path.of(System.getProperty("user.home"), ".kube", "config");
        if (!Files.exists(standard)) {
            throw new BadInputException(
                    "there is no kubeconfig",
                    "name one with --kubeconfig, or bring up a local cluster with: gitops cluster up");
        }
        return List.of(standard);
    }
}
