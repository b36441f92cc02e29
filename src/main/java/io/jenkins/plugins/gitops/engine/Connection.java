package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.parallel.Ahead;

/**
 * The connection to the cluster. It is made when it is first asked for, or {@linkplain #beginAhead ahead} while Git is
 * still read: neither has to wait for the other. Safe for use by several threads.
 */
final class Connection implements AutoCloseable {

    private final ClusterAccess access;
    private final Ahead<String, ClusterException> version = new Ahead<>(() -> server().version());
    private final Ahead<Served, ClusterException> served =
            new Ahead<>(() -> new Served(version.get(), Discovery.discover(server())));
    private ApiServer server;
    private boolean closed;

    Connection(ClusterAccess access) {
        this.access = access;
    }

    /**
     * What the server said of itself at first.
     *
     * @param version such as {@code v1.36.3}
     */
    record Served(String version, ApiResources resources) {}

    /** Connects and asks in the background; a failure is told to who asks for the outcome. */
    void beginAhead() {
        served.begin("gitops-connect");
    }

    /** Sends nothing yet. */
    synchronized ApiServer server() throws ClusterException, InterruptedException {
        if (closed) {
            throw new InterruptedException();
        }
        if (server == null) {
            server = ApiServer.connect(access);
        }
        return server;
    }

    /** Its version, such as {@code v1.36.3}: from then on requests share one connection. */
    String version() throws ClusterException, InterruptedException {
        return version.get();
    }

    Served served() throws ClusterException, InterruptedException {
        return served.get();
    }

    /** Ends what is under way, too. */
    @Override
    public synchronized void close() {
        closed = true;
        served.cancel();
        version.cancel();
        if (server != null) {
            server.close();
        }
    }
}
