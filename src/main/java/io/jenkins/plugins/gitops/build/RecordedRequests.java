package io.jenkins.plugins.gitops.build;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the steps of one build asked for, one for each app and cluster. */
public final class RecordedRequests extends InvisibleAction {

    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    /** The action of a build; it is added where there is none. */
    public static RecordedRequests of(Run<?, ?> run) {
        synchronized (run) {
            RecordedRequests action = run.getAction(RecordedRequests.class);
            if (action == null) {
                action = new RecordedRequests();
                run.addAction(action);
            }
            return action;
        }
    }

    /** Remembers a request; of several about the same app and cluster, the last. */
    public synchronized void add(RecordedRequest request) {
        requests.removeIf(request::isAbout);
        requests.add(request);
    }

    /** In the order in which they began. */
    public List<RecordedRequest> get() {
        return new ArrayList<>(requests);
    }
}
