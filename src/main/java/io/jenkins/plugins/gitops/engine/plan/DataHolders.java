package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Set;

/** Kinds whose objects hold data: to delete one is to lose more than can be applied again. */
final class DataHolders {

    private static final Set<String> KINDS = Set.of(
            "PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition.apiextensions.k8s.io");

    private DataHolders() {}

    static boolean include(ObjectId id) {
        return KINDS.contains(id.groupKind());
    }
}
