package io.jenkins.plugins.gitops.engine.live;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import io.jenkins.plugins.gitops.engine.cluster.Watch;
import java.util.List;

/** What one watch follows, and where it puts what it learns. */
interface Channel extends Watch.Listener {

    Selection selection();

    /** The same, one namespace at a time; empty where it is one namespace, or no namespaced kind. */
    List<? extends Channel> split();

    /**
     * Learns what it can where the credential may neither list nor watch, or the kind cannot be watched.
     *
     * @param why the server's answer
     * @return whether to come again
     */
    boolean look(ObjectApi objects, ApiException why) throws ClusterException, InterruptedException;

    /** Nothing more will be learned, and whoever waits must not go on waiting. */
    void failed(Exception why);
}
