package io.jenkins.plugins.gitops.engine.planfile;

import io.jenkins.plugins.gitops.engine.manifest.Digests;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a plan does to one object, and what that rests on.
 *
 * @param id which object
 * @param action what is done
 * @param digest SHA-256 of what was rendered, in hexadecimal, the values of Secrets left out; empty for objects that are in
 *     the cluster only
 * @param uid of the live object; empty where there is none
 * @param resourceVersion of the live object; empty where there is none
 */
public record PlannedObject(ObjectId id, Action action, String digest, String uid, String resourceVersion) {

    public PlannedObject {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(resourceVersion, "resourceVersion");
    }

    static PlannedObject of(Change change) {
        return new PlannedObject(
                change.id(),
                change.action(),
                change.target() == null
                        ? ""
                        : Digests.sha256(change.target().declared().json()),
                change.live() == null ? "" : change.uid(),
                change.live() == null ? "" : change.resourceVersion());
    }

    /** In what it differs from the same object of a later plan. What is not written may change as it likes. */
    List<String> moved(PlannedObject now) {
        List<String> moved = new ArrayList<>();
        if (!digest.equals(now.digest)) {
            moved.add(id + " renders differently");
        }
        if (action != now.action) {
            moved.add(id + " was reviewed as \"" + action.verb() + "\", and is \"" + now.action.verb() + "\" now");
        } else if (action.writes() && !uid.equals(now.uid)) {
            moved.add(id + " was deleted and made again in the cluster");
        } else if (action.writes() && !resourceVersion.equals(now.resourceVersion)) {
            moved.add(id + " was changed in the cluster (resource version " + resourceVersion + ", now "
                    + now.resourceVersion + ")");
        }
        return moved;
    }
}
