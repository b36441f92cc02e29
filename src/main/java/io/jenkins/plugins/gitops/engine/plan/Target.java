package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;

/**
 * One object as a sync applies it.
 *
 * @param manifest what is applied: what Git declares, but with ignored fields of a live object as they are there
 * @param declared what Git declares, with its namespace filled in and the app's mark on it
 * @param id its identity in the cluster
 * @param resource the kind, as served, or as a CRD of this sync will serve it
 * @param verifiable whether it can be dry-run now: its kind is served and its namespace exists
 */
public record Target(Manifest manifest, Manifest declared, ObjectId id, ApiResource resource, boolean verifiable) {

    /** One of which nothing is ignored. */
    public Target(Manifest manifest, ObjectId id, ApiResource resource, boolean verifiable) {
        this(manifest, manifest, id, resource, verifiable);
    }

    /** Of what Git declares, secrets left out; short, for the inventory. */
    public String digest() {
        return declared.shortDigest();
    }

    /** Whether something else is applied than what Git declares, since rules ignore some of it. */
    public boolean isAltered() {
        return manifest != declared;
    }

    public Target verified() {
        return new Target(manifest, declared, id, resource, true);
    }

    /** The same object, applied otherwise than Git declares it. */
    Target with(Manifest applied) {
        return new Target(applied, declared, id, resource, verifiable);
    }
}
