package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.localcluster.Binary;
import io.jenkins.plugins.gitops.localcluster.ControlPlaneBinaries;
import io.jenkins.plugins.gitops.localcluster.LocalControlPlane;
import io.jenkins.plugins.gitops.localcluster.Options;
import io.jenkins.plugins.gitops.localcluster.RunningCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Shows it all on a cluster of its own, in about half a minute.",
        description = {
            "",
            "Brings up a local cluster, makes a small config repository, syncs it, changes the cluster by hand, finds and",
            "heals the drift, removes an app from Git and prunes it. Ends with an HTML report to look at.",
            ""
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where cluster, repository and reports go. Default: a folder in the user's cache directory.")
    Path given;

    @Option(names = "--keep", description = "Leave the cluster running, to go on by hand.")
    boolean keep;

    @Option(names = "--binaries", paramLabel = "DIR", description = "Where the control plane's binaries are.")
    Path binaries;

    private PrintWriter out;
    private Path dir;
    private DemoRepository repository;
    private RunningCluster cluster;
    private Path kubectl;

    @Override
    public Integer call() throws Exception {
        out = spec.commandLine().getOut();
        dir = given == null ? UserCache.directory("demo") : given.toAbsolutePath();
        Path clusterDir = dir.resolve("cluster");
        long start = System.nanoTime();

        title("A Kubernetes cluster, on this machine alone");
        LocalControlPlane.delete(clusterDir, line -> {});
        Options options = Options.defaults().withControllers(true).withBinariesDir(binaries);
        cluster = LocalControlPlane.up(clusterDir, options, this::say);
        kubectl = ControlPlaneBinaries.find(options, this::say).path(Binary.KUBECTL);
        say("Kubernetes " + cluster.version() + " runs at " + cluster.server());
        try {
            play();
        } finally {
            if (keep) {
                out.println();
                say("The cluster still runs. To look around, and to end it:");
                say("  export KUBECONFIG=" + cluster.kubeconfig());
                say("  ./gitops cluster down --dir " + clusterDir);
            } else {
                LocalControlPlane.down(clusterDir, line -> {});
            }
        }
        out.println();
        say("Done in " + (System.nanoTime() - start) / 1_000_000_000
                + " s. Every run above left a report; the last one:");
        say("  " + dir.resolve("reports/prune/report.html"));
        return 0;
    }

    private void play() throws IOException, InterruptedException {
        title("A config repository with three commits");
        repository = DemoRepository.create(dir.resolve("config"));
        repository.log().forEach(this::say);

        title("git push is the last thing a person does: sync it");
        gitops(0, "sync", "first");

        title("Again: nothing has changed, so nothing is done");
        gitops(0, "sync", "no-op");

        title("Somebody changes the cluster by hand");
        kubectl("patch", "deployment/web", "--namespace=shop", "-p", "{\"spec\":{\"replicas\":5}}");
        kubectl("delete", "configmap/web-settings", "--namespace=shop");

        title("Drift: what, who, when");
        gitops(1, "drift", "drift");

        title("The next sync heals it");
        gitops(0, "sync", "heal");

        title("The guestbook leaves Git");
        repository.removeGuestbook();
        repository.log().stream().limit(1).forEach(this::say);
        gitops(0, "sync", "prune");
    }

    private void title(String text) {
        out.println();
        out.println("== " + text);
        out.flush();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Runs a command of this very program, as a person would. */
    private void gitops(int expected, String command, String report) {
        List<String> arguments = new ArrayList<>(
                List.of(command, "--repo", repository.directory().toString()));
        arguments.addAll(List.of("--app", "demo", "--path", "apps"));
        say("$ ./gitops " + String.join(" ", arguments));
        arguments.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString()));
        arguments.addAll(
                List.of("--report", dir.resolve("reports").resolve(report).toString()));
        int code = Gitops.commandLine()
                .setOut(out)
                .setErr(spec.commandLine().getErr())
                .execute(arguments.toArray(String[]::new));
        if (code != expected) {
            throw new IllegalStateException(
                    "gitops " + command + " ended with exit code " + code + ", not " + expected);
        }
    }

    private void kubectl(String... arguments) throws IOException, InterruptedException {
        say("$ kubectl " + String.join(" ", arguments));
        List<String> command = new ArrayList<>(List.of(kubectl.toString(), "--kubeconfig=" + cluster.kubeconfig()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("kubectl failed: " + text);
        }
        say(text.trim());
    }
}
