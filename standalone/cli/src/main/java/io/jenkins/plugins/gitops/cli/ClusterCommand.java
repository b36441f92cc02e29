package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.localcluster.ClusterStatus;
import io.jenkins.plugins.gitops.localcluster.LocalControlPlane;
import io.jenkins.plugins.gitops.localcluster.Options;
import io.jenkins.plugins.gitops.localcluster.RunningCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "up|down|status",
        header = "A local Kubernetes control plane to try things on.",
        description = {
            "",
            "A real kube-apiserver and etcd on this machine's loopback address, without containers. It outlives the",
            "command; several stand side by side with different --dir. The binaries are taken from --binaries or",
            "KUBE_API_TEST_DIR, else from the user's cache, else downloaded, else built with Go.",
            ""
        })
final class ClusterCommand {

    @Spec
    CommandSpec spec;

    /** Where the cluster lives. */
    static final class Directory {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "Where the cluster lives. Default: a folder in the user's cache directory.")
        Path given;

        Path path() {
            return given == null ? UserCache.directory("cluster") : given;
        }
    }

    @Command(name = "up", mixinStandardHelpOptions = true, header = "Starts it, or says that it runs.")
    int up(
            @Mixin Directory dir,
            @Option(
                            names = "--controllers",
                            description = {
                                "Also kube-controller-manager, kube-scheduler and KWOK, which plays the nodes:",
                                "Deployments become available."
                            })
                    boolean controllers,
            @Option(names = "--binaries", paramLabel = "DIR", description = "Where the binaries are.") Path binaries)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Options options = Options.defaults().withControllers(controllers).withBinariesDir(binaries);
        RunningCluster cluster = LocalControlPlane.up(dir.path(), options, line -> {
            out.println(line);
            out.flush();
        });
        out.println("Kubernetes " + cluster.version() + (cluster.alreadyRunning() ? " already runs at " : " runs at ")
                + cluster.server());
        out.println("export KUBECONFIG=" + cluster.kubeconfig());
        out.flush();
        return Status.IN_SYNC.exitCode();
    }

    @Command(name = "down", mixinStandardHelpOptions = true, header = "Ends it; its objects are kept for the next up.")
    int down(@Mixin Directory dir, @Option(names = "--delete", description = "Forget its objects too.") boolean delete)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (delete) {
            LocalControlPlane.delete(dir.path(), out::println);
            out.println("deleted");
        } else {
            out.println(LocalControlPlane.down(dir.path(), out::println) ? "stopped" : "was not running");
        }
        out.flush();
        return Status.IN_SYNC.exitCode();
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            header = "Says what runs; exit code 0 only where all of it does.")
    int status(@Mixin Directory dir) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ClusterStatus status = LocalControlPlane.status(dir.path());
        out.println(status.state().name().toLowerCase(java.util.Locale.ROOT)
                + (status.server() == null ? "" : ": Kubernetes " + status.version() + " at " + status.server()));
        for (ClusterStatus.Component component : status.components()) {
            out.println("  " + component.name() + ": "
                    + (component.running() ? "pid " + component.pid() : "not running, see " + component.log()));
        }
        if (status.kubeconfig() != null) {
            out.println("export KUBECONFIG=" + status.kubeconfig());
        }
        out.flush();
        return status.running() ? Status.IN_SYNC.exitCode() : Status.OUT_OF_SYNC.exitCode();
    }
}
