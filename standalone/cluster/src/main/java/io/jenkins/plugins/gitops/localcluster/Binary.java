package io.jenkins.plugins.gitops.localcluster;

import java.util.EnumSet;
import java.util.Set;

/** The programs of a control plane, in the order in which they are built. */
public enum Binary {
    ETCD("etcd", false),
    KUBE_APISERVER("kube-apiserver", false),
    KUBECTL("kubectl", false),
    KUBE_CONTROLLER_MANAGER("kube-controller-manager", true),
    KUBE_SCHEDULER("kube-scheduler", true),
    KWOK("kwok", true);

    private final String fileName;
    private final boolean controller;

    Binary(String fileName, boolean controller) {
        this.fileName = fileName;
        this.controller = controller;
    }

    /** The name of the file, and of the process. */
    public String fileName() {
        return fileName;
    }

    /** Those that a control plane needs. */
    static Set<Binary> needed(boolean controllers) {
        Set<Binary> needed = EnumSet.noneOf(Binary.class);
        for (Binary binary : values()) {
            if (controllers || !binary.controller) {
                needed.add(binary);
            }
        }
        return needed;
    }
}
