package io.jenkins.plugins.gitops.localcluster;

import java.nio.file.Path;

/**
 * How a local control plane is to be.
 *
 * @param controllers whether kube-controller-manager, kube-scheduler and KWOK run too, so that workloads become
 *     available on simulated nodes; without them there is an API server alone
 * @param binariesDir where the binaries are, either in it or in {@code k8s/<version>-<os>-<arch>/} below it; {@code
 *     null} to look as {@link ControlPlaneBinaries} says
 */
public record Options(boolean controllers, Path binariesDir) {

    /** An API server and etcd alone, binaries from wherever they can be had. */
    public static Options defaults() {
        return new Options(false, null);
    }

    public Options withControllers(boolean wanted) {
        return new Options(wanted, binariesDir);
    }

    public Options withBinariesDir(Path dir) {
        return new Options(controllers, dir);
    }
}
