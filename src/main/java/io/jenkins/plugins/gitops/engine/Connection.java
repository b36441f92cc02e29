package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The connection to the cluster. It is made when it is first asked for, or {@linkplain #beginAhead ahead} while Git is
 * still read: neither has to wait for the other. Safe for use by several threads.
 */
final class Connection implements AutoCloseable {

    private final ClusterAccess access;
    private final FutureTask<Served> served =
            new FutureTask<>(() -> new Served(server().version(), Discovery.discover(server())));
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
        Thread thread = new Thread(served, "gitops-connect");
        thread.setDaemon(true);
        thread.start();
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

    Served served() throws ClusterException, InterruptedException {
        // In this thread, unless another one has begun.
        served.run();
        try {
            return served.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClusterException failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Ends what is under way, too. */
    @Override
    public synchronized void close() {
        closed = true;
        served.cancel(true);
        if (server != null) {
            server.close();
        }
    }
}
