package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** How to tell the health of the objects of some kinds. A rule is a pure function and safe for concurrent use. */
public interface HealthRule {

    /**
     * The kinds that the rule is for, in the form of {@link
     * io.jenkins.plugins.gitops.engine.manifest.ObjectId#groupKind()}, such as {@code Deployment.apps}.
     */
    Set<String> groupKinds();

    /**
     * The health of one object. Never called for an object that is being deleted.
     *
     * @param live the object, of one of {@link #groupKinds()}, as the API server returned it
     * @param context what else is known of the cluster; most rules do not need it
     */
    Health assess(LiveObject live, HealthContext context);
}
