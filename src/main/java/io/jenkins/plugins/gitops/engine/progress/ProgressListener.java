package io.jenkins.plugins.gitops.engine.progress;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.time.Duration;

/** Told what a run does while it does it. Called by several threads; never given a secret's value. */
public interface ProgressListener {

    /** The run has come to a new phase or has found something out; one line. */
    void message(String text);

    /** Something that does not stop the run. */
    void warning(Problem warning);

    /**
     * The cluster has accepted or refused a change.
     *
     * @param done such as {@code created}; {@code failed} where it was refused
     * @param detail one line; empty where there is nothing to say
     */
    void object(ObjectId id, String done, String detail);

    /**
     * Still waiting. Called when something has changed, and every ten seconds.
     *
     * @param ready how many objects are healthy
     * @param total of how many
     * @param next what is waited for, such as {@code Deployment/shop/web: 1 of 3 replicas are available}
     */
    void waiting(int ready, int total, Duration elapsed, String next);

    /** Says nothing. */
    ProgressListener SILENT = new ProgressListener() {
        @Override
        public void message(String text) {}

        @Override
        public void warning(Problem warning) {}

        @Override
        public void object(ObjectId id, String done, String detail) {}

        @Override
        public void waiting(int ready, int total, Duration elapsed, String next) {}
    };
}
