package io.jenkins.plugins.gitops.agent;

import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.probe.Probe;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** A look at an app's objects, from a node where there is one, else from the controller. */
public final class NodeProbe {

    /** More is not taken from a node. */
    private static final int MAX_CHARACTERS = 8 << 20;

    private NodeProbe() {}

    /**
     * @param computer of the node; {@code null} for the controller
     * @param namespace the app's home; {@code null} for the cluster's default
     * @param before what an earlier look has seen, to go on from
     */
    public static ProbeState look(
            Computer computer, ClusterAccess access, String app, String namespace, ProbeState before)
            throws IOException, InterruptedException {
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        Task task = new Task(access, app, namespace, before);
        if (channel == null) {
            return ProbeState.parse(task.call());
        }
        String seen;
        try {
            seen = channel.call(task);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw NodeFailure.of(e);
        }
        if (seen == null || seen.length() > MAX_CHARACTERS) {
            throw new IOException(
                    "The node sent no sound answer: " + (seen == null ? "nothing" : "more than is taken"));
        }
        return ProbeState.parse(seen);
    }

    static final class Task extends MasterToSlaveCallable<String, IOException> {
        private static final long serialVersionUID = 1L;

        private final ClusterAccess access;
        private final String app;
        private final String namespace;
        private final ProbeState before;

        Task(ClusterAccess access, String app, String namespace, ProbeState before) {
            this.before = before;
            this.access = access;
            this.app = app;
            this.namespace = namespace;
        }

        @Override
        public String call() throws IOException {
            try {
                return Probe.run(access, app, namespace, before).state().toString();
            } catch (ClusterException e) {
                throw new IOException(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        }
    }
}
