package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.clusters.ClusterChoice;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import io.jenkins.plugins.gitops.engine.report.Command;
import java.util.Objects;

/** What a step of a build asked for, so that it can be asked again without the build. Names and ids, and no secret. */
public final class RecordedRequest {

    private final String command;
    private final String app;
    private final String namespace;
    private final ClusterChoice cluster;
    private final String node;
    private String state;
    private transient ProbeState lastSeen;

    /**
     * @param namespace the app's home; {@code null} for the cluster's default
     * @param node the name of the node where it ran; empty for the controller's own
     */
    public RecordedRequest(Command command, String app, String namespace, ClusterChoice cluster, String node) {
        this.command = command.name();
        this.app = app;
        this.namespace = namespace;
        this.cluster = cluster;
        this.node = node;
    }

    public Command getCommand() {
        return Command.valueOf(command);
    }

    public String getApp() {
        return app;
    }

    /** The app's home; {@code null} for the cluster's default. */
    public String getNamespace() {
        return namespace;
    }

    public ClusterChoice getCluster() {
        return cluster;
    }

    /** The name of the node where it ran; empty for the controller's own, {@code null} where that is not known. */
    public String getNode() {
        return node;
    }

    /** What there was when the step had ended; {@code null} where that could not be seen. */
    public ProbeState getState() {
        return state == null ? null : ProbeState.parse(state);
    }

    public void setState(ProbeState seen) {
        state = seen.toString();
    }

    /** What was seen last, by the step or by a check since then; {@link ProbeState#NONE} where that is not known. */
    public synchronized ProbeState getLastSeen() {
        ProbeState recorded = lastSeen == null ? getState() : lastSeen;
        return recorded == null ? ProbeState.NONE : recorded;
    }

    /** Kept in memory alone: it spares the next check time, and nothing else. */
    public synchronized void setLastSeen(ProbeState seen) {
        lastSeen = seen;
    }

    /** Whether it is about the same app in the same cluster. */
    boolean isAbout(RecordedRequest other) {
        return app.equals(other.app) && Objects.equals(namespace, other.namespace) && cluster.equals(other.cluster);
    }
}
