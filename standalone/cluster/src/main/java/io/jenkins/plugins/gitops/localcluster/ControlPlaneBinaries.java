package io.jenkins.plugins.gitops.localcluster;

import java.nio.file.Path;

/**
 * The control plane's binaries on this machine. They are looked for in this order:
 *
 * <ol>
 *   <li>the directory that the user names, as an argument or in {@code KUBE_API_TEST_DIR};
 *   <li>the user's cache directory, {@code gitops-jenkins/control-plane} in {@code $XDG_CACHE_HOME} or {@code ~/.cache};
 *   <li>the download of kube-api-test (kube-apiserver, etcd and kubectl only);
 *   <li>a build from Go modules, where {@code go} is on the PATH.
 * </ol>
 */
public final class ControlPlaneBinaries {
    private ControlPlaneBinaries() {}

    /**
     * Finds the binaries, or makes them, which takes some ten minutes on two cores.
     *
     * @throws ControlPlaneException if none of the four ways leads to them; the message says why each failed
     */
    public static ControlPlaneBinaries find(Options options, Progress progress) throws InterruptedException {
        throw new UnsupportedOperationException("not built yet");
    }

    /** One of them. */
    public Path path(Binary binary) {
        throw new UnsupportedOperationException("not built yet");
    }
}
