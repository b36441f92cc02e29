package io.jenkins.plugins.gitops.localcluster;

import java.util.EnumSet;
import java.util.Set;

/** The programs of a control plane, in the order in which they are built. */
public enum Binary {
    ETCD("etcd"),
    KUBE_APISERVER("kube-apiserver"),
    KUBECTL("kubectl"),
    KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
    KUBE_SCHEDULER("kube-scheduler"),
    KWOK("kwok");

    private final String fileName;

    Binary(String fileName) {
        this.fileName = fileName;
    }

    /** The name of the file, and of the process. */
    public String fileName() {
        return fileName;
    }

    /** Those that act on a control plane's objects, as its clients. */
    static Set<Binary> controllers() {
        return EnumSet.of(KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER, KWOK);
    }

    /** Those that a control plane needs, with what its user needs. */
    static Set<Binary> needed(boolean controllers) {
        return controllers ? EnumSet.allOf(Binary.class) : EnumSet.complementOf(EnumSet.copyOf(controllers()));
    }
}
