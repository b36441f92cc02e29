package io.jenkins.plugins.gitops.engine.live;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Objects;

/**
 * One object that is waited for.
 *
 * @param id which
 * @param resource its kind, in the version in which it is read
 * @param labels a label selector that it fits, shared by many objects, so that one watch serves them all; {@code null}
 *     where there is none
 */
public record Followed(ObjectId id, ApiResource resource, String labels) {

    public Followed {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(resource, "resource");
    }
}
