package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;

/**
 * One object as a sync applies it.
 *
 * @param manifest what Git declares, with its namespace filled in and the app's mark on it
 * @param id its identity in the cluster
 * @param resource the kind, as served, or as a CRD of this sync will serve it
 * @param verifiable whether it can be dry-run now: its kind is served and its namespace exists
 * @param digest of what Git declares, secrets left out
 */
public record Target(Manifest manifest, ObjectId id, ApiResource resource, boolean verifiable, String digest) {

    public Target verified() {
        return new Target(manifest, id, resource, true, digest);
    }
}
